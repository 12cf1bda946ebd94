import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shellCommands } from "../../../../engine/runbook/lint/shell-commands.ts";

describe("shellCommands()", () => {
  test.each([
    ["a 'b c' \"d e\" f\\ g", [["a", "b c", "d e", "f g"]]],
    ["a; b && c || d | e & f", [["a"], ["b"], ["c"], ["d"], ["e"], ["f"]]],
    ["a \\\n  b # c\nd", [["a", "b"], ["d"]]],
    [
      'a "$(b "c d")" e',
      [
        ["a", '$(b "c d")', "e"],
        ["b", "c d"],
      ],
    ],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's
    ["a $((1 + 2)) ${x:-$(b)}", [["a", "$((1 + 2))", "${x:-$(b)}"]]],
    ["cat <<A <<-'B'\nun\nA\n\tdeux\n\tB\nfin", [["cat"], ["fin"]]],
    ["a <<< mot", [["a"]]],
    ["a#b", [["a#b"]]],
  ])("reads %j", (script, words) => {
    expect(shellCommands(script).map((command) => command.words)).toEqual(words);
  });

  test.each([
    ["a > x", ["x"]],
    ["a >> 'x y' 2>&1", ["x y"]],
    ["a &> x", ["x"]],
    ["a 2>/dev/null >| z", ["/dev/null", "z"]],
    ["a < x", []],
    ["a '>' x", []],
    ["> x", ["x"]],
  ])("finds in %j what is written to", (script, targets) => {
    expect(shellCommands(script).flatMap(({ writes }) => writes.map(({ target }) => target))).toEqual(targets);
  });

  test("places each command where it starts, those of substitutions too", () => {
    const script = 'echo "$(rm a)"; reboot';
    expect(shellCommands(script).map(({ offset }) => script.slice(offset, offset + 2))).toEqual(["ec", "rm", "re"]);
  });

  test("never throws and always ends", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."ab $(){}`'\"\\\n;&|<>#-") }), (script) => {
        for (const { offset } of shellCommands(script)) expect(offset).toBeLessThanOrEqual(script.length);
      }),
    );
  });
});
