import fc from "fast-check";
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

  test("keeps machines apart that Ansible tells by name, and ours would not", () => {
    const { inventory, said } = importText(
      "pve-1\npve_1\nlocal\na.example.org\na.example.net\nx ansible_host=nat ansible_port=1\ny ansible_host=nat ansible_port=2\n[x]\ny\n",
      "ini",
    );
    expect(
      inventory?.nodes.map(({ name, address, hostname, ssh }) =>
        [name, address, hostname, ssh?.endpoint.host, ssh?.endpoint.port].join(" "),
      ),
    ).toEqual([
      "pve-1 pve-1 pve-1 pve-1 22",
      "pve_1_2 pve_1 pve_1_2 pve_1 22",
      "local_2 local local local 22",
      "a a.example.org a a.example.org 22",
      "a_2 a.example.net a a.example.net 22",
      "x x x nat 1",
      "y y y nat 2",
    ]);
    expect(inventory?.groups).toEqual({ noeuds: ["pve-1", "pve_1_2", "local_2", "a", "a_2", "x", "y"], x_2: ["y"] });
    expect(said.filter((line) => line.includes("s’appelle ici")).length).toBe(4);
  });

  test("weighs connection settings as Ansible does: the inner group over the outer one, the machine over both", () => {
    const text =
      "[in]\na\nb ansible_user=own\n[out:children]\nin\n[out:vars]\nansible_user=outer\nansible_port=1\n[in:vars]\nansible_user=inner\n[all:vars]\nansible_port=9\nansible_user=all\n";
    const { inventory } = importText(text, "ini");
    expect(inventory?.nodes.map(({ ssh }) => `${ssh?.user}:${ssh?.endpoint.port}`)).toEqual(["inner:1", "own:1"]);
  });

  test("takes ten thousand machines", () => {
    const { inventory } = importText(
      "[rack]\nn[0001:5000] ansible_user=root\n[salle]\nm[0001:5000]\n[site:children]\nrack\nsalle\n[site:vars]\nx=1\n",
      "ini",
    );
    expect(inventory?.nodes.length).toBe(10_000);
    expect(inventory?.nodes.every(({ vars }) => vars["x"] === "1")).toBe(true);
  });
});

const name = fc
  .stringMatching(/^[a-z][a-z0-9]{0,5}$/)
  .filter((text) => !["local", "localhost", "all", "ungrouped"].includes(text));
const value = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 .:/@_-]{0,10}[A-Za-z0-9]$/).filter((text) => !/: /.test(text));
const vars = fc.dictionary(fc.stringMatching(/^v[a-d]$/), value, { maxKeys: 3 });
const model = fc.record({
  hosts: fc.uniqueArray(fc.record({ name, vars }), { selector: ({ name: text }) => text, minLength: 1, maxLength: 5 }),
  groups: fc.uniqueArray(
    fc.record({ name: name.map((text) => `g${text}`), picks: fc.array(fc.nat(4)), child: fc.option(fc.nat(4)), vars }),
    {
      selector: ({ name: text }) => text,
      maxLength: 4,
    },
  ),
  all: vars,
});
type Model = typeof model extends fc.Arbitrary<infer T> ? T : never;

/** Members of a group that exist; a child is a group further down, so that there is no circle. */
function membersOf({ hosts, groups }: Model, at: number) {
  const group = groups[at];
  const members = [...new Set(group?.picks.flatMap((pick) => hosts[pick]?.name ?? []))];
  const child = group?.child === null || group?.child === undefined ? undefined : groups[at + 1 + group.child]?.name;
  return { members, children: child === undefined ? [] : [child] };
}

function asIni(inventory: Model): string {
  const lines = inventory.hosts.map(({ name: host, vars: own }) =>
    [host, ...Object.entries(own).map(([key, text]) => `${key}="${text}"`)].join(" "),
  );
  inventory.groups.forEach(({ name: group, vars: own }, at) => {
    const { members, children } = membersOf(inventory, at);
    lines.push(`[${group}]`, ...members, `[${group}:children]`, ...children, `[${group}:vars]`);
    lines.push(...Object.entries(own).map(([key, text]) => `${key} = ${text}`));
  });
  lines.push("[all:vars]", ...Object.entries(inventory.all).map(([key, text]) => `${key}=${text}`));
  return lines.join("\n");
}

function asYaml(inventory: Model): string {
  const children = inventory.groups.map(({ name: group, vars: own }, at) => {
    const inside = membersOf(inventory, at);
    const empty = (names: readonly string[]) => Object.fromEntries(names.map((each) => [each, null]));
    return [group, { hosts: empty(inside.members), children: empty(inside.children), vars: own }];
  });
  const hosts = Object.fromEntries(inventory.hosts.map(({ name: host, vars: own }) => [host, own]));
  return JSON.stringify({ all: { hosts, vars: inventory.all, children: Object.fromEntries(children) } });
}

describe("any inventory", () => {
  test("says the same to us in INI and in YAML, and what is written is read without a word", () => {
    fc.assert(
      fc.property(model, (inventory) => {
        const ini = importText(asIni(inventory), "ini");
        const yaml = importText(asYaml(inventory), "yaml");
        expect(yaml.inventory).toEqual(ini.inventory);
        expect(ini.inventory?.nodes.map(({ name: node }) => node)).toEqual(
          inventory.hosts.map(({ name: host }) => host),
        );
        expect(ini.inventory?.vars).toEqual(inventory.all);
      }),
      { numRuns: 60 },
    );
  });

  test("is answered, whatever it is, with an inventory or with messages inside the text", () => {
    const piece = fc.constantFrom(
      "[a]",
      "[a:vars]",
      "[b:children]",
      "a",
      "b[1:3]",
      "x=1",
      "ansible_host=h",
      "'",
      '"',
      "#",
      "=",
      "\n",
      " ",
      "all:",
      "hosts:",
      "  ",
      "!vault |",
      "$ANSIBLE_VAULT;1",
      "{{ x }}",
      "[a:]",
      "]",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece).map((parts) => parts.join("")),
      fc.array(piece).map((parts) => parts.join("\n")),
    );
    fc.assert(
      fc.property(text, fc.constantFrom("ini" as const, "yaml" as const), (written, format) => {
        const { layer, said } = importText(written, format);
        if (layer === undefined) expect(said.some((line) => line.startsWith("!"))).toBe(true);
        const lines = written.split(/\r?\n/).length;
        for (const line of said) expect(Number(/^!?(\d+):/.exec(line)?.[1])).toBeLessThanOrEqual(lines + 1);
      }),
      { numRuns: 200 },
    );
  });
});
