import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli } from "../../support/run-cli.ts";
import { tempFolder } from "../../support/temp-folder.ts";

function files(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

describe("constat init", () => {
  it("makes a project that lints, plans and runs from its own folder, and says how", async () => {
    const cwd = await tempFolder();
    const made = await runCli(["init", "mon projet"], { cwd });
    expect([made.code, made.stderr]).toEqual([0, ""]);
    expect(made.stdout).toContain('cd "mon projet"');
    const folder = join(cwd, "mon projet");
    expect(files(folder)).toMatchInlineSnapshot(`
      [
        ".gitignore",
        "runbooks/01-premiers-pas.md",
        "runbooks/inventory/inventory.schema.json",
        "runbooks/inventory/poste.yaml",
        "runbooks/inventory/site.example.yaml",
        "runbooks/rapport.schema.json",
        "runbooks/rapport.yaml",
      ]
    `);
    const lint = await runCli(["lint"], { cwd: folder });
    expect([lint.code, lint.stderr, lint.stdout]).toEqual([0, "", "1 runbook, 6 blocs : rien à signaler.\n"]);
    const run = await runCli(["run", "--no-report"], { cwd: folder });
    expect(run.code, run.stdout + run.stderr).toBe(0);
    expect(run.stdout).toContain("6 réussies, 0 ignorée, 0 en échec, 0 en erreur, 0 bloquée ; figures 2/2");
  });

  it("names what is there already, and writes nothing", async () => {
    const folder = await tempFolder();
    mkdirSync(join(folder, "runbooks"));
    writeFileSync(join(folder, "runbooks/rapport.yaml"), "titre: Le mien\n");
    const refused = await runCli(["init"], { cwd: folder });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/INIT_EXISTS .*: runbooks\/rapport\.yaml\./);
    expect(files(folder)).toEqual(["runbooks/rapport.yaml"]);
    expect(readFileSync(join(folder, "runbooks/rapport.yaml"), "utf8")).toBe("titre: Le mien\n");
  });

  it("leaves a .gitignore as it is, and says which line it lacks", async () => {
    const folder = await tempFolder();
    writeFileSync(join(folder, ".gitignore"), "*.log\n");
    const made = await runCli(["init", "."], { cwd: folder });
    expect([made.code, made.stderr]).toEqual([0, ""]);
    expect(made.stdout).toContain(".gitignore existe déjà : ajoutez-y la ligne « /output »");
    expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe("*.log\n");
  });

  it("says that a folder cannot be written, as the environment's failure", async () => {
    const folder = await tempFolder();
    writeFileSync(join(folder, "fichier"), "");
    const refused = await runCli(["init", "fichier"], { cwd: folder });
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining("INIT_WRITE")]);
  });
});

describe("the inventory when none is named", () => {
  it("is the only one beside the runbooks; of two, none is guessed", async () => {
    const folder = await tempFolder();
    await runCli(["init", "."], { cwd: folder });
    writeFileSync(join(folder, "runbooks/inventory/autre.yaml"), "nom: autre\nnodes: { a: { address: 127.0.0.1 } }\n");
    const refused = await runCli(["plan"], { cwd: folder });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("Il y en a plusieurs (autre.yaml, poste.yaml)");
  });
});
