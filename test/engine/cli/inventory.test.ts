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
    const { code, stdout, stderr } = await here("inventory", "import", path(name));
    expect(stdout).toContain("noeuds: [a]");
    expect(stderr).toContain("group_vars/ n’est pas lu");
    expect(code).toBe(0);
  });

  it("gives the schema that is published", async () => {
    const { here } = await cliProject({});
    const { stdout } = await here("inventory", "schema");
    expect(stdout).toBe(readFileSync(join(ROOT, "runbooks/inventory/inventory.schema.json"), "utf8"));
  });
});
