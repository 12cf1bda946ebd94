import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { file } from "../../../engine/kinds/file.ts";
import { blockOf, KeptRecorder, portsOf, taskOf } from "../../support/kind-task.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { testInventory, testShell } from "../../support/transports.ts";

const shell = testShell(testInventory([]));
afterAll(() => shell.close());

/** Writes with a real shell of this machine. */
async function write(path: string, body: string, settings = "", values = {}) {
  const block = blockOf(`\`\`\`text {.file on=pve1 path="${path}" ${settings}}\n${body}\n\`\`\``);
  const recorder = new KeptRecorder();
  const task = { ...taskOf(block, values), target: { type: "local" } as const };
  const result = await file.execute(task, { ...portsOf({}), shell }, recorder);
  return { ...result, output: recorder.stdout.join("") };
}

async function rightsOf(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o777).toString(8);
}

describe("file.execute()", () => {
  it("writes a new file, values filled in, and shows it as lines that were added", async () => {
    const path = join(await tempFolder(), "a.conf");
    const { outcome, output, answer } = await write(path, "nom = {{nom}}\nfin", "", { nom: "pve1 $HOME 'x'" });
    expect(outcome.status).toBe("passed");
    expect(await readFile(path, "utf8")).toBe("nom = pve1 $HOME 'x'\nfin\n");
    expect(await rightsOf(path)).toBe("644");
    expect(output).toContain("+nom = pve1 $HOME 'x'\n+fin\n");
    expect(answer).toBe("écrit");
  });

  it("touches nothing when the file is as asked, and says so", async () => {
    const path = join(await tempFolder(), "a.conf");
    await writeFile(path, "un\n");
    const before = await stat(path);
    const { outcome, output, answer } = await write(path, "un");
    const after = await stat(path);
    expect([outcome.status, answer]).toEqual(["passed", "inchangé"]);
    expect(output).toBe(`inchangé : ${path}\n`);
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  });

  it("replaces a file in one step and keeps its rights", async () => {
    const folder = await tempFolder();
    const path = join(folder, "a.conf");
    await writeFile(path, "un\ndeux\n");
    await chmod(path, 0o600);
    const { output } = await write(path, "un\ntrois");
    expect(await readFile(path, "utf8")).toBe("un\ntrois\n");
    expect(await rightsOf(path)).toBe("600");
    expect(output).toContain("-deux\n+trois\n");
    expect(await readdir(folder)).toEqual(["a.conf"]);
  });

  it("gives the rights that are asked for, also when the content is right already", async () => {
    const path = join(await tempFolder(), "a.conf");
    await writeFile(path, "un\n");
    const { outcome, output } = await write(path, "un", "mode=0640");
    expect(outcome.status).toBe("passed");
    expect(await rightsOf(path)).toBe("640");
    expect(output).toContain("droits 644 -> 640");
    expect((await write(path, "un", "mode=0640")).answer).toBe("inchangé");
  });

  it.each<[string, RegExp]>([
    ["absent/a.conf", /absent n’existe pas/],
    ["dossier", /est un dossier/],
    ["lien", /est un lien/],
  ])("refuses %s and leaves nothing behind", async (name, reason) => {
    const folder = await tempFolder();
    await mkdir(join(folder, "dossier"));
    await symlink("/nowhere", join(folder, "lien"));
    const { outcome } = await write(join(folder, name), "un");
    expect(outcome).toMatchObject({ status: "failed", reason: expect.stringMatching(reason) });
    expect((await readdir(folder)).sort()).toEqual(["dossier", "lien"]);
  });

  it("does not write a value that is not known yet", async () => {
    const path = join(await tempFolder(), "a.conf");
    const { outcome } = await write(path, "{{inconnu}}");
    expect(outcome).toMatchObject({ status: "errored", code: "FILE_BLOCK" });
    await expect(readFile(path)).rejects.toThrow();
  });
});

describe("file.inspect()", () => {
  it.each<[string, RegExp]>([
    ["```text {.file on=pve1}\na\n```", /où ce fichier/],
    ['```text {.file on=pve1 path="a.conf"}\na\n```', /chemin entier/],
    ['```text {.file .check on=pve1 path="/a"}\na\n```', /n’est pas un contrôle/],
    ['```text {.file on=pve1 path="/a" exit=1}\na\n```', /« exit »/],
  ])("refuses %s", (fence, reason) => {
    expect(file.inspect(blockOf(fence)).map((message) => message.reason)).toEqual([expect.stringMatching(reason)]);
  });

  it("accepts a file with its rights and its owner", () => {
    const fence = '```ini {.file on=pve1 path="/etc/a" mode=0644 owner="root:www-data"}\na\n```';
    expect(file.inspect(blockOf(fence))).toEqual([]);
  });
});
