import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commandLine, scriptLines, wrapperArgv } from "../../../engine/transports/script-wrapper.ts";

const text = fc.string({ unit: "binary", maxLength: 60 }).map((value) => value.replaceAll("\0", "").toWellFormed());

describe.each(["bash", "sh"] as const)("the piped wrapper under %s", (interpreter) => {
  test("hands any text over as it is, in the script and in a value", () => {
    fc.assert(
      fc.property(text, text, (value, word) => {
        const script = `printf %s "$value"; printf %s '${word.replaceAll("'", "'\\''")}'`;
        const [program = "", ...args] = wrapperArgv("piped", interpreter, "marker-1");
        const ran = spawnSync(program, args, {
          input: scriptLines(script, { value }),
          env: { PATH: process.env["PATH"], LC_ALL: "C.UTF-8" },
        });
        expect(ran.stdout.toString("utf8")).toBe(`marker-1 ${ran.pid}\n${value}${word}`);
      }),
      { numRuns: 40 },
    );
  });

  test("never runs a script that was cut off on the way", () => {
    const lines = scriptLines("echo one\necho two", { a: "b" });
    const [program = "", ...args] = wrapperArgv("piped", interpreter, "marker-1");
    for (let length = 0; length < lines.length; length += 5) {
      const ran = spawnSync(program, args, { input: lines.slice(0, length) });
      expect([ran.status, ran.stdout.toString()]).toEqual([254, ""]);
    }
  });
});

test("commandLine() survives any login shell's quoting", () => {
  const argv = ["printf", "%s|", "a b", "it's", 'say "x"', "$HOME `id` \\n", ""];
  for (const shell of ["bash", "dash"]) {
    expect(spawnSync(shell, ["-c", commandLine(argv)]).stdout.toString()).toBe(`a b|it's|say "x"|$HOME \`id\` \\n||`);
  }
});
