import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { expect, it } from "vitest";
import { startLab } from "../../lab/index.ts";
import { MAIN } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../docs/tutoriel.md"), "utf8");

/** What a reader of the page does, in order: commands of `sh` fences, files, and the lab in another terminal. */
function stepsOf(page: string) {
  return [
    ...page.matchAll(
      /^(?:Fichier|.*Fichier) `([^`]+)` :\n\n````markdown\n([\s\S]*?)^````$|^```(sh|text)\n([\s\S]*?)^```$/gm,
    ),
  ].map(([, path, text = "", language, lines = ""]) =>
    path !== undefined
      ? ({ type: "file", path, text } as const)
      : ({ type: language === "sh" ? "commands" : "shown", lines: lines.trim().split("\n") } as const),
  );
}

it("the tutorial, typed line by line into an empty folder, ends with the report it promises", async () => {
  let cwd = await tempFolder();
  const stops: (() => Promise<void>)[] = [];
  let commands = 0;
  try {
    for (const step of stepsOf(PAGE)) {
      if (step.type === "file") {
        mkdirSync(dirname(join(cwd, step.path)), { recursive: true });
        writeFileSync(join(cwd, step.path), step.text);
        continue;
      }
      if (step.type === "shown") {
        if (!step.lines[0]?.startsWith("constat lab")) continue;
        const lab = await startLab({ folder: join(cwd, "output", "lab"), scenario: "cluster", timeScale: 10 });
        stops.push(() => lab.stop());
        continue;
      }
      for (const line of step.lines) {
        const [, command = line, code = "0"] = /^(.*?)\s+# code (\d+)$/.exec(line) ?? [];
        const [, into] = /^cd (.+)$/.exec(command) ?? [];
        if (into !== undefined) {
          cwd = join(cwd, into);
          continue;
        }
        const script = `constat() { "$NODE" "$MAIN" "$@"; }; ${command}`;
        const ended = await execa("bash", ["-c", script], {
          cwd,
          env: { NODE: process.execPath, MAIN, NO_COLOR: "1" },
          reject: false,
        });
        expect(ended.exitCode, `${line}\n${ended.stdout}\n${ended.stderr}`).toBe(Number(code));
        commands += 1;
      }
    }
  } finally {
    for (const stop of stops) await stop();
  }
  expect(commands).toBeGreaterThan(9);
  expect(readFileSync(join(cwd, "output/latest/data/rapport.pdf")).subarray(0, 5).toString()).toBe("%PDF-");
  expect(readFileSync(join(cwd, "output/latest/data/rapport.html"), "utf8")).toContain(
    "le cluster dans l’interface web",
  );
}, 600_000);
