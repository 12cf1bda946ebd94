import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkOutputLine, judgeExpectedOutput } from "../../../engine/expect/index.ts";

const place = { file: "03.md", line: 1, column: 1 };

function judge(lines: readonly string[], output: string, values = {}) {
  const [judgement] = judgeExpectedOutput({ lines, place }, output, values);
  if (judgement === undefined) throw new Error("nothing judged");
  return judgement;
}

describe("judgeExpectedOutput()", () => {
  it.each<[string, readonly string[], string]>([
    ["equal lines", ["a", "b"], "a\nb\n"],
    ["spaces and colours at line ends", ["a"], "\u001b[32ma\u001b[0m  \r\n"],
    ["empty lines at the end of the fence", ["a", "", ""], "a\n"],
    ["a glob", ["lo* ?nd (glob)"], "long end"],
    ["an expression over the whole line", ["a+ (re)"], "aaa"],
    ["an expression with flags", ["/A+/i (re)"], "aaa"],
    ["an optional line that comes", ["a (?)", "b"], "a\nb"],
    ["an optional line that does not", ["a (?)", "b"], "b"],
    ["any number of lines, none", ["x* (glob*)", "b"], "b"],
    ["any number of lines, three", ["x* (glob*)", "b"], "x1\nx2\nx3\nb"],
    ["at least one line", ["x\\d (re+)", "b"], "x1\nx2\nb"],
    ["a line that ends like a suffix", ["see (glob) (equal)"], "see (glob)"],
    ["words in parentheses that are no suffix", ["pve1 (local)"], "pve1 (local)"],
    ["no output at all", [""], ""],
    ["a repeated line before its last one", ["a (*)", "a"], "a\na\na"],
  ])("agrees with %s", (_, lines, output) => {
    expect(judge(lines, output)).toMatchObject({ ok: true });
  });

  it.each<[string, readonly string[], string, readonly string[]]>([
    ["a line that is missing", ["a", "b"], "a\n", ["  a", "- b"]],
    ["a line too many", ["a"], "a\nc\n", ["  a", "+ c"]],
    ["a line that differs", ["a", "b", "c"], "a\nx\nc\n", ["  a", "- b", "+ x", "  c"]],
    ["an expression that covers a part only", ["a (re)"], "ab", ["- a (re)", "+ ab"]],
    ["none where one is asked", ["x (+)"], "", ["- x (+)"]],
    ["two where one is optional", ["x (?)"], "x\nx", ["  x", "+ x"]],
    ["far away lines are left out", ["1", "2", "3", "4", "5", "x"], "1\n2\n3\n4\n5\ny", ["  4", "  5", "- x", "+ y"]],
  ])("shows %s", (_, lines, output, diff) => {
    const judgement = judge(lines, output);
    expect(judgement.ok).toBe(false);
    expect(judgement.diff?.map(({ mark, text }) => `${mark} ${text}`)).toEqual(diff);
  });

  it("fills values in so that they stay values", () => {
    expect(judge(["{{nom}} (glob)"], "a*c", { nom: "a*c" }).ok).toBe(true);
    expect(judge(["{{nom}} (glob)"], "abc", { nom: "a*c" }).ok).toBe(false);
    expect(judge(["{{nom}} (re)"], "a.c", { nom: "a.c" }).ok).toBe(true);
    expect(judge(["{{nom}} (re)"], "abc", { nom: "a.c" }).ok).toBe(false);
  });

  it("says which value is missing, and on which line", () => {
    expect(judge(["a", "{{nom}}"], "a\nb")).toMatchObject({
      ok: false,
      obtained: expect.stringMatching(/ligne 2.*nom/),
    });
  });

  it("judges nothing when nothing is written below the block", () => {
    expect(judgeExpectedOutput(undefined, "a", {})).toEqual([]);
  });

  it("agrees with every output written out with (equal)", () => {
    const line = fc.string().map((text) => text.replace(/[\p{Cc}\s]+/gu, " ").trimEnd());
    fc.assert(
      fc.property(fc.array(line.filter((text) => !text.includes("{{"))), (lines) => {
        const written = lines.map((text) => `${text} (equal)`);
        expect(judge(written, lines.map((text) => `${text}\n`).join("")).ok).toBe(true);
      }),
    );
  });

  it("puts every line of the output into the difference once", () => {
    const letter = fc.constantFrom("a", "b", "c");
    fc.assert(
      fc.property(fc.array(letter, { maxLength: 6 }), fc.array(letter, { maxLength: 6 }), (expected, output) => {
        const { ok, diff } = judge(expected, output.join("\n"));
        expect(ok).toBe(expected.join() === output.join());
        // With so few lines nothing is far enough from a difference to be left out, but at the ends.
        if (diff === undefined) return;
        const came = diff.filter(({ mark, text }) => mark === "+" || (mark === " " && text !== "…"));
        expect(came.length).toBeLessThanOrEqual(output.length);
        const surplus = diff.filter(({ mark }) => mark === "+").length;
        const missing = diff.filter(({ mark }) => mark === "-").length;
        expect(surplus - missing).toBe(output.length - expected.length);
      }),
    );
  });
});

describe("checkOutputLine()", () => {
  it.each(["(a (re)", "[ (re+)", "/a/y (re)"])("refuses %s", (line) => {
    expect(checkOutputLine(line)).toBeDefined();
  });

  it.each(["(a", "[ (glob)", "a (re)", "{{x}} (re)"])("accepts %s", (line) => {
    expect(checkOutputLine(line)).toBeUndefined();
  });
});
