import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cliProject } from "../../support/cli-project.ts";

const ROOT = join(import.meta.dirname, "../../..");
const HOSTS = `[pve]
pve1 ansible_host=192.0.2.31
pve2 ansible_host=192.0.2.32
pve3 ansible_host=192.0.2.33
[pve:vars]
ansible_user=root
ansible_password=hunter2
db_token: no
`;
const GOOD = HOSTS.replace("db_token: no\n", "db_token=s3cr3t\n");

describe("constat inventory import", () => {
  it("writes an inventory that plan and lint accept, against the real runbooks", async () => {
    const schema = readFileSync(join(ROOT, "runbooks/inventory/inventory.schema.json"), "utf8");
    const { here, path } = await cliProject({ hosts: GOOD, "site/inventory.schema.json": schema });
    const out = path("site/site.yaml");
    const imported = await here("inventory", "import", path("hosts"), "--out", out);
    expect(imported.stderr).toContain(":7:1 avertissement « ansible_password » n’est pas copié");
    expect(imported.code).toBe(0);
    const text = readFileSync(out, "utf8");
    expect(text.split("\n")[0]).toBe("# yaml-language-server: $schema=inventory.schema.json");
    expect(text).not.toMatch(/hunter2|s3cr3t/);
    const linted = await here("lint", join(ROOT, "runbooks"), "--inventory", out);
    expect(linted.stderr).not.toContain("erreur");
    expect(linted.code).toBe(0);
    const planned = await here("plan", join(ROOT, "runbooks/03-cluster-corosync.md"), "-i", out, "--json");
    expect(planned.stderr).not.toContain("erreur");
    expect(planned.code).toBe(0);
    const again = await here("inventory", "import", path("hosts"), "--out", out);
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining("existe déjà") });
  });

  it.each([
    ["a file that is not there", "nowhere", "n’existe pas"],
    ["a folder", "site", "est un dossier"],
    ["a program", "dyn.sh", "est un programme"],
    ["a line that says nothing", "bad.ini", ":8:1 erreur une variable s’écrit nom=valeur"],
  ])("refuses %s", async (_name, file, said) => {
    const files = { "bad.ini": HOSTS, "dyn.sh": "#!/bin/sh\necho '{}'\n", "site/x": "" };
    const { here, path } = await cliProject(files);
    const { code, stderr, stdout } = await here("inventory", "import", path(file));
    expect(stderr).toContain(said);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  it.each([
    ["hosts", "all:\n  hosts:\n    a:\n"],
    ["hosts", "---\nall: { hosts: { a: } }\n"],
    ["hosts.yml", "all: { hosts: { a: } }\n"],
    ["hosts.json", '{"all":{"hosts":{"a":{}}}}'],
    ["hosts", "# c\na\n"],
    ["hosts.cfg", "[g]\na\n"],
  ])("knows the format of %s: %j", async (name, text) => {
    const { here, path } = await cliProject({ [name]: text, "group_vars/all": "x: 1\n" });
    const { code, stdout } = await here("inventory", "import", path(name));
    expect(stdout).toContain("noeuds: [a]");
    expect(stdout).toMatch(/^vars: \{ x: "1" \}$|^vars:\n {2}x: "1"$/m);
    expect(code).toBe(0);
  });

  it("takes over the variables beside an inventory, and leaves vaults and strangers", async () => {
    const { here, path } = await cliProject({
      hosts: "[pve]\npve1.example.org\npve2 ntp=192.0.2.1\n[pve:vars]\npont=vmbr0\nmtu=1500\n",
      "group_vars/all.yml": "---\ndomaine: example.org\napi_token: s3cr3t\n",
      "group_vars/pve/10-reseau.yaml": "pont: vmbr1\nansible_user: root\n",
      "group_vars/pve/20-coffre.yml": "$ANSIBLE_VAULT;1.1;AES256\n6162\n",
      "group_vars/pve/notes.md": "# pas des variables: {\n",
      "host_vars/pve1.example.org": "ntp: 192.0.2.2\nclef: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n",
      "host_vars/pve2.json": '{ "ntp": "192.0.2.3", "liste": [1] }',
      "host_vars/ancien.yml": "x: {\n",
      "host_vars/.pve2.yml.swp": "\0",
    });
    const { code, stdout, stderr } = await here("inventory", "import", path("hosts"));
    expect(code, stderr).toBe(0);
    const said = stderr.split("\n").flatMap((line) => /(?:group|host)_vars\/\S+:\d+:\d+ .*?(?= \[|$)/.exec(line) ?? []);
    expect(said.map((line) => line.replaceAll("\u00a0", " "))).toMatchInlineSnapshot(`
      [
        "group_vars/all.yml:3:1 avertissement la valeur de « api_token » a l’air d’un secret : elle n’est pas copiée",
        "group_vars/pve/20-coffre.yml:1:1 avertissement ce fichier est chiffré par Ansible Vault : il n’est pas lu",
        "host_vars/ancien.yml:1:1 avertissement aucune machine de l’inventaire ne s’appelle « ancien » : ce fichier n’est pas repris",
        "host_vars/pve1.example.org:2:1 avertissement la valeur de « clef » est chiffrée par Ansible Vault : elle n’est pas copiée",
        "host_vars/pve2.json:1:23 avertissement « liste » est une liste ou un dictionnaire : seuls les textes se reprennent",
      ]
    `);
    expect(stdout + stderr).not.toMatch(/s3cr3t|6162/);
    expect(stdout.slice(stdout.indexOf("nom:"))).toMatchInlineSnapshot(`
      "nom: hosts
      vars:
        domaine: example.org
      secrets:
        clef_pve1_example_org:
          env: CONSTAT_CLEF_PVE1_EXAMPLE_ORG
        api_token:
          env: CONSTAT_API_TOKEN
        root_password:
          env: CONSTAT_ROOT_PASSWORD
      groups:
        noeuds: [pve1, pve2]
        pve:
          nodes: [pve1, pve2]
          vars:
            pont: vmbr1
            mtu: "1500"
      defaults:
        ssh:
          user: root
      nodes:
        pve1:
          address: pve1.example.org
          vars:
            ntp: 192.0.2.2
        pve2:
          address: pve2
          vars:
            ntp: 192.0.2.3
      "
    `);
  });

  it("names the line of a file beside it that cannot be read", async () => {
    const { here, path } = await cliProject({ hosts: "[pve]\npve1\n", "group_vars/pve.yml": "a: 1\nb: {\n" });
    const { code, stdout, stderr } = await here("inventory", "import", path("hosts"));
    expect(stderr).toMatch(/group_vars\/pve\.yml:[23]:\d+ erreur YAML mal formé/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  it("gives the schema that is published", async () => {
    const { here } = await cliProject({});
    const { stdout } = await here("inventory", "schema");
    expect(stdout).toBe(readFileSync(join(ROOT, "runbooks/inventory/inventory.schema.json"), "utf8"));
  });
});
