import { describe, expect, test } from "vitest";
import { importText } from "./read.ts";

const INI = `# parc
bastion.example.org:2222 ansible_user=ops

[pve]
pve[1:3] ansible_user=root   # nodes
[pve:vars]
ansible_ssh_private_key_file=~/.ssh/id_pve
dns = 192.0.2.53
disques = ["/dev/sdb"]
api_token=abcdef

[ceph]
pve1 ansible_host=192.0.2.31 osd=/dev/sdb motd="bonjour à tous"
pve2 ansible_host=192.0.2.32 ansible_port=2200
pve3 ansible_host=192.0.2.33 version=1.10

[prod:children]
pve
ceph
[prod:vars]
ansible_become=true
ansible_ssh_common_args='-J bastion'
clef=$ANSIBLE_VAULT;1.1;AES256
url={{ dns }}/x
[all:vars]
domaine=example.org
ansible_password=hunter2
[vide]
[win]
w1 ansible_connection=winrm
[sans]
localhost ansible_connection=local
[bastion]
192.0.2.99
`;

describe("importAnsible()", () => {
  test("takes over what an INI inventory says, and says the rest with its place", () => {
    const { text, said } = importText(INI, "ini");
    expect(said).toMatchInlineSnapshot(`
      [
        "27:1 « ansible_password » n’est pas copié : un mot de passe ne se recopie pas",
        "21:1 « ansible_become » n’a pas d’équivalent",
        "22:1 « ansible_ssh_common_args » n’a pas d’équivalent",
        "30:4 la liaison « winrm » n’est pas ssh",
        "32:1 « localhost » est la machine qui exécute : elle n’est pas reprise",
        "34:1 la machine « 192.0.2.99 » s’appelle ici « noeud_192_0_2_99 »",
        "28:1 le groupe « vide » n’a aucune machine : il n’est pas repris",
        "31:1 le groupe « sans » n’a aucune machine : il n’est pas repris",
        "33:1 le groupe « bastion » s’appelle ici « bastion_2 »",
        "23:1 la valeur de « clef » est chiffrée par Ansible Vault : elle n’est pas copiée",
        "24:1 « url » est un modèle Jinja : il n’est pas repris",
        "9:1 « disques » est une liste ou un dictionnaire : seuls les textes se reprennent",
        "10:1 la valeur de « api_token » a l’air d’un secret : elle n’est pas copiée",
      ]
    `);
    expect(text).toMatchInlineSnapshot(`
      "# essai
      nom: hosts
      vars:
        domaine: example.org
      secrets:
        ssh_password:
          env: CONSTAT_SSH_PASSWORD
        clef_prod:
          env: CONSTAT_CLEF_PROD
        api_token_pve:
          env: CONSTAT_API_TOKEN_PVE
        root_password:
          env: CONSTAT_ROOT_PASSWORD
      groups:
        noeuds: [bastion, pve1, pve2, pve3, w1, noeud_192_0_2_99]
        bastion_2: [noeud_192_0_2_99]
        ceph: [pve1, pve2, pve3]
        prod:
          groups: [pve, ceph]
        pve:
          nodes: [pve1, pve2, pve3]
          vars:
            dns: 192.0.2.53
        win: [w1]
      nodes:
        bastion:
          address: bastion.example.org
          ssh:
            user: ops
            port: 2222
            password: ssh_password
        pve1:
          address: 192.0.2.31
          ssh:
            user: root
            password: ssh_password
            identity: ~/.ssh/id_pve
          vars:
            osd: /dev/sdb
            motd: bonjour à tous
        pve2:
          address: 192.0.2.32
          ssh:
            user: root
            port: 2200
            password: ssh_password
            identity: ~/.ssh/id_pve
        pve3:
          address: 192.0.2.33
          ssh:
            user: root
            password: ssh_password
            identity: ~/.ssh/id_pve
          vars:
            version: "1.10"
        w1:
          address: w1
          ssh: false
        noeud_192_0_2_99:
          address: 192.0.2.99
          ssh:
            password: ssh_password
      "
    `);
    expect(text).not.toContain("hunter2");
    expect(text).not.toContain("abcdef");
  });

  test("takes over a YAML inventory with its tags, nested groups and ranges", () => {
    const { text, said } = importText(
      `all:
  vars: { domaine: example.org, masque: 0755 }
  children:
    prod:
      children:
        ceph:
          hosts:
            pve[1:2]:
              osd: /dev/sdb
              cle: !vault |
                $ANSIBLE_VAULT;1.1;AES256
                61626364
              disques: [a, b]
              vide:
          vars: { ansible_port: 2222 }
      vars: { ansible_port: 22, ansible_user: admin, role: prod }
    autre: { hosts: { pve3: }, groupe: x }
`,
      "yaml",
    );
    expect(said).toMatchInlineSnapshot(`
      [
        "17:32 « groupe » n’est ni hosts, ni children, ni vars",
        "10:15 la valeur de « cle » est chiffrée par Ansible Vault : elle n’est pas copiée",
        "13:15 « disques » est une liste ou un dictionnaire : seuls les textes se reprennent",
        "14:15 « vide » est vide : elle n’est pas reprise",
      ]
    `);
    expect(text).toMatchInlineSnapshot(`
      "# essai
      nom: hosts
      vars:
        domaine: example.org
        masque: "0755"
      secrets:
        cle_pve1:
          env: CONSTAT_CLE_PVE1
        cle_pve2:
          env: CONSTAT_CLE_PVE2
        root_password:
          env: CONSTAT_ROOT_PASSWORD
      groups:
        noeuds: [pve1, pve2, pve3]
        autre: [pve3]
        ceph: [pve1, pve2]
        prod:
          groups: [ceph]
          vars:
            role: prod
      nodes:
        pve1:
          address: pve1
          ssh:
            user: admin
            port: 2222
          vars:
            osd: /dev/sdb
        pve2:
          address: pve2
          ssh:
            user: admin
            port: 2222
          vars:
            osd: /dev/sdb
        pve3:
          address: pve3
      "
    `);
  });

  test.each<readonly [string, "ini" | "yaml", string, string]>([
    ["a bad title", "ini", "[a b]\n", "!1:1 « [a b] » n’est pas un titre de groupe"],
    ["an unknown kind of section", "ini", "[a:kids]\n", "!1:1 « :kids » n’est pas une sorte de section"],
    ["a quote that stays open", "ini", "a\nb x='y\n", "!2:1 un guillemet reste ouvert"],
    [
      "a word that is no variable",
      "ini",
      "a x=1 secret-part\n",
      "!1:7 après le nom d’une machine viennent des nom=valeur",
    ],
    ["a variable without a value", "ini", "a\n[a:vars]\n  x\n", "!3:3 une variable s’écrit nom=valeur"],
    ["a range that goes down", "ini", "a[3:1]\n", "!1:1 « [3:1] » n’est pas un intervalle croissant"],
    ["groups in a circle", "ini", "[a:children]\nb\n[b:children]\na\n", "!1:1 le groupe « a » se contient lui-même"],
    ["nothing", "ini", "# rien\n", "!1:1 aucune machine dans cet inventaire"],
    ["only this machine", "ini", "localhost ansible_connection=local\n", "!1:1 aucune machine dans cet inventaire"],
    ["a name that no machine has", "ini", "ops@pve1\n", "!1:1 « ops@pve1 » n’est ni un nom de machine ni une adresse"],
    ["no YAML", "yaml", "all: [\n", "!1:7 YAML mal formé : le crochet ouvert par « [ » n’est jamais fermé"],
    ["a list", "yaml", "- a\n", "!1:1 l’inventaire n’est pas une suite de groupes"],
    ["hosts as a list", "yaml", "all:\n  hosts: [a, b]\n", "!2:3 « hosts » doit être une suite de clés"],
    [
      "a plugin's settings",
      "yaml",
      "plugin: proxmox\n",
      "!1:1 cet inventaire est fait par un programme, ou pour un programme",
    ],
  ])("cannot understand %s", (_name, format, text, expected) => {
    const { said, layer } = importText(text, format);
    expect(said).toContain(expected);
    expect(layer).toBeUndefined();
    expect(said.join()).not.toContain("secret-part");
  });
});
