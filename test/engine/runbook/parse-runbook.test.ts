import fc from "fast-check";
import { VFile } from "vfile";
import { describe, expect, test } from "vitest";
import { lintRunbooks, parseRunbook } from "../../../engine/runbook/index.ts";
import { CONTEXT, chapter3, parse } from "./read.ts";

/** Pieces that documents are made of, so that arbitrary text hits the parser's corners and not only its prose. */
const piece = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom("```bash {#a .check on=pve1}\n", "```\n", "~~~http\n", "#| expect: x\n", "#|", "---\n"),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom("[ Capture : x ]\n", "[ capture", "<!-- constat: { on: pve1 } -->\n", "<!--", "-->"),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom("# 1. A\n", "## ", "> ", "- ", "\t", "    ", "\r\n", "\n\n", "| a |\n|-|\n", "&#91;"),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "capture",
      "needs=#a",
      "{",
      "}",
      '"',
      ": ",
      "*x",
      "&y",
      "{{nom}}",
      "variables:\n  a: b\n",
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
);
const document = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));

describe("parseRunbook()", () => {
  test("never throws, and every message has rule, place, reason and remedy", () => {
    fc.assert(
      fc.property(document, (text) => {
        const file = new VFile({ path: "essai.md", value: text });
        const runbook = parseRunbook(file);
        lintRunbooks([{ file, runbook }], CONTEXT);
        const lines = text.split(/\r\n|\n|\r/).length;
        for (const message of file.messages) {
          expect(message.ruleId).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
          expect(message.source).toBe("constat");
          expect(message.reason).toMatch(/\S.*[.?!]$/s);
          expect(message.note).toMatch(/\S/);
          expect(message.line).toBeGreaterThanOrEqual(1);
          expect(message.line).toBeLessThanOrEqual(lines);
          expect(message.column).toBeGreaterThanOrEqual(1);
        }
        for (const block of runbook.blocks) expect(runbook.sections[block.section]).toBeDefined();
        for (const { section } of runbook.placeholders) expect(runbook.sections[section]).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ["substitutions", `\`\`\`bash {#a .check}\n${"$(".repeat(3_000)}\n\`\`\`\n`],
    ["quotes", `${"> ".repeat(1_000)}x`],
    ["brackets", "[".repeat(10_000)],
    ["YAML lists", `---\na: ${"[".repeat(3_000)}\n---\n`],
    ["names", `${"a.".repeat(50_000)} password`],
    ["keys of every object", "```bash {#a .check __proto__=1 constructor=2}\n#| toString: 1\nls\n```\n"],
  ])("survives a great many %s", (_what, text) => {
    const file = new VFile({ path: "1-x.md", value: text });
    const runbook = parseRunbook(file);
    lintRunbooks([{ file, runbook }], CONTEXT);
    expect(file.messages.map(({ ruleId }) => ruleId)).toContain("missing-title");
  });

  test("gives the body letter for letter at the line and column it names, however deep the block stands", () => {
    const line = fc.stringMatching(/^[a-z"$(){}|;é ]{0,15}[a-z]$/);
    const container = fc.constantFrom("", "> ", "- ", "1. ", "> - ", "- - ");
    fc.assert(
      fc.property(container, fc.array(line, { minLength: 1, maxLength: 4 }), (prefix, body) => {
        const next = prefix.replace(/[-1.]/g, " ");
        const fence = ["```bash {#x .check on=pve1}", "#| timeout: 5s", ...body, "```"];
        const text = `# 1. T\n\n${fence.map((one, index) => (index === 0 ? prefix : next) + one).join("\n")}\n`;
        const { runbook } = parse(text);
        const [block] = runbook.blocks;
        expect(block?.body).toBe(body.join("\n"));
        const written = text.split("\n")[(block?.bodyLine ?? 0) - 1] ?? "";
        expect(written.slice((block?.bodyColumn ?? 0) - 1)).toBe(body[0]);
        expect(block?.settings.timeout).toBe(5_000);
      }),
    );
  });

  test("lets the command line win over everything, and says so", () => {
    const file = new VFile({ path: "x.md", value: chapter3() });
    const runbook = parseRunbook(file, { timeout: { value: "7s", origin: "command-line" } });
    expect(new Set(runbook.blocks.map((block) => block.settings.timeout))).toEqual(new Set([7_000]));
    expect(runbook.blocks[0]?.raw["timeout"]).toEqual({ value: "7s", origin: "command-line" });
    expect(file.messages).toEqual([]);
  });

  test("reports a wrong value of the command line once, without a place", () => {
    const file = new VFile({ path: "x.md", value: chapter3() });
    const runbook = parseRunbook(file, { timout: { value: "7s", origin: "command-line" } });
    expect(file.messages.map(({ ruleId, line }) => [ruleId, line])).toEqual([["unknown-key", undefined]]);
    expect(runbook.blocks[0]?.settings.timeout).toBe(30_000);
  });

  test("keeps the exact source and its digest", () => {
    const { runbook } = parse("\uFEFF# 1. T\r\n");
    expect(runbook.source).toBe("\uFEFF# 1. T\r\n");
    expect(runbook.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([
    ["---\nchapitre: 5\n---\n\n# 3. T\n", "04-x.md", 5],
    ["# 3.1. T\n", "04-x.md", 3],
    ["# T\n", "dossier/04-x.md", 4],
    ["# T\n", "04\\07-x.md", 7],
  ])("numbers the chapter %j of %s as %i", (text, path, number) => {
    const { runbook, messages } = parse(text, path);
    expect(runbook.chapter).toBe(number);
    expect(messages()).toEqual([]);
  });

  test("asks for a chapter number when none is written", () => {
    expect(
      parse("# T\n", "x.md")
        .messages()
        .map(({ rule, at }) => [rule, at]),
    ).toEqual([["missing-chapter", "1:1"]]);
  });
});
