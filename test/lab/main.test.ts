import { on } from "node:events";
import { mkdtempDisposable, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { loadScenario, scenarioNames } from "../../lab/state/scenario.ts";

const MAIN = join(import.meta.dirname, "..", "..", "lab", "main.ts");
const lab = (...args: readonly string[]) => execa(process.execPath, [MAIN, ...args], { reject: false, all: true });

describe("npm run lab", () => {
  test("says where the nodes are, ends cleanly on SIGTERM, and leaves only the folder", async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), "constat-lab-main-"));
    const running = lab("--folder", folder.path, "--time-scale", "10", "--scenario", "cluster", "--dialect", "8.4");
    await said(running.all, "Ctrl-C");
    expect(await readdir(folder.path)).toContain("lab.json");
    const second = await lab("--folder", folder.path);
    expect([second.exitCode, second.all]).toEqual([3, expect.stringContaining("Un laboratoire tourne déjà dans")]);
    running.kill("SIGTERM");
    const { exitCode, all } = await running;
    expect(exitCode).toBe(0);
    expect(all).toMatch(/pve1 \(10\.202\.4\.31\) : https:\/\/127\.0\.0\.1:\d+\//);
    expect(all).toContain("Laboratoire arrêté.");
    expect((await readdir(folder.path)).sort()).toEqual(["inventory.yaml", "secrets"]);
  });

  test("names every scenario in its help, with the chapter that begins there, as the README does", async () => {
    const { exitCode, all } = await lab("--help");
    expect(exitCode).toBe(0);
    const readme = await readFile(join(import.meta.dirname, "..", "..", "README.md"), "utf8");
    const table = [...readme.matchAll(/^\| (\d) \| (.+?) \|/gm)].flatMap(([, chapter, names = ""]) =>
      [...names.matchAll(/`(.+?)`/g)].map(([, name]) => `${name} ${chapter}`),
    );
    const chapters: string[] = [];
    for (const name of await scenarioNames()) {
      const { nom, chapitre } = await loadScenario(name);
      expect(all).toMatch(new RegExp(`^  ${name} .*${RegExp.escape(nom)}`, "m"));
      if (chapitre === undefined) continue;
      expect(all).toMatch(new RegExp(`^  ${name} +chapitre ${chapitre} `, "m"));
      chapters.push(`${name} ${chapitre}`);
    }
    expect(table.sort()).toEqual(chapters.sort());
    expect(new Set(chapters.map((each) => each.slice(-1)))).toEqual(new Set(["1", "2", "3", "4", "5", "6", "7"]));
  });

  test.each([
    ["an unknown dialect", ["--dialect", "7"], 2, "Dialecte inconnu : « 7 »"],
    ["a clock that stands still", ["--time-scale", "0"], 2, "--time-scale attend un nombre positif"],
    ["an unknown option", ["--vite"], 2, "--vite"],
    ["an unknown scenario", ["--scenario", "ailleurs"], 3, "Scénario inconnu : « ailleurs »"],
  ])("refuses %s", async (_, args, code, text) => {
    await using folder = await mkdtempDisposable(join(tmpdir(), "constat-lab-main-"));
    const { exitCode, all } = await lab("--folder", folder.path, ...args);
    expect([exitCode, all]).toEqual([code, expect.stringContaining(text)]);
  });
});

/** Waits until a stream has said something. */
async function said(stream: NodeJS.ReadableStream, text: string): Promise<void> {
  let heard = "";
  for await (const chunk of on(stream, "data", { signal: AbortSignal.timeout(20_000) })) {
    heard += String(chunk);
    if (heard.includes(text)) return;
  }
}
