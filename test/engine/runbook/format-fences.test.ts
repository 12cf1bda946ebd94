import fc from "fast-check";
import { VFile } from "vfile";
import { describe, expect, it } from "vitest";
import { formatFences, parseRunbook } from "../../../engine/runbook/index.ts";

const F = "```";
const doc = (opening: string, body = "uname\n") => `# 3. Essai\n\n${F}${opening}\n${body}${F}\n`;

const TABLE: readonly (readonly [string, string, string, string?, string?])[] = [
  ["runme's JSON", 'sh {"name":"noyau"}', "sh {#noyau}"],
  [
    "runme's JSON with more",
    'bash { "name": "le noyau", "background": "true", "tag": "a,b", "cwd": "/tmp", "id": "01HX" }',
    "bash {#le-noyau background=true tags=a,b}",
  ],
  ["runme's braces", "shell {name=noyau interactive=false}", "bash {#noyau}"],
  ["runme without a name", 'sh {"interactive":"false"}', "sh"],
  ["pandoc", "{.sh #noyau .check on=pve1}", "sh {#noyau .check on=pve1}"],
  ["pandoc, the id first", '{#noyau .bash .numberLines startFrom="10"}', "bash {#noyau}"],
  ["pandoc for colours only", "{.bash .numberLines}", "bash"],
  ["Quarto without a label", "{bash}", "bash"],
  ["knitr", "{bash noyau, echo=FALSE}", "bash {#noyau show=output}"],
  [
    "Quarto's lines",
    "{bash}",
    "bash {#noyau}",
    "#| label: noyau\n#| fig-cap: x\n#| timeout: 20s\nuname\n",
    "#| timeout: 20s\nuname\n",
  ],
  [
    "Quarto, not evaluated",
    "{bash}",
    "bash",
    "#| label: noyau\n#| eval: false\nuname\n",
    "#| label: noyau\n#| eval: false\nuname\n",
  ],
];

const CASES = TABLE.map(
  ([name, opening, after, body = "uname\n", afterBody = body]) => [name, opening, after, body, afterBody] as const,
);

describe("formatFences()", () => {
  it.each(CASES)("converts %s", (_, opening, after, body, afterBody) => {
    const { text, fences } = formatFences(doc(opening, body));
    expect(text).toBe(doc(after, afterBody));
    expect(fences).toHaveLength(1);
  });

  it.each(CASES)("reads %s as what it is converted to", (_, opening, after, body, afterBody) => {
    const read = (text: string) => {
      const file = new VFile({ path: "03.md", value: text });
      const { blocks } = parseRunbook(file);
      const errors = file.messages.filter(({ fatal }) => fatal === true).map(String);
      return {
        errors,
        blocks: blocks.map(({ id, kind, role, body: runs, settings }) => ({ id, kind, role, runs, settings })),
      };
    };
    expect(read(doc(opening, body))).toEqual(read(doc(after, afterBody)));
  });

  it.each([
    ["ours", "bash {#noyau .check on=pve1}"],
    ["display only", "bash {1,3-5}"],
    ["another language's braces", 'python {"name":"x"}'],
    ["malformed JSON", 'sh {"name":}'],
    ["a misspelt key", "sh {name=x nmae=y}"],
    ["an id without a language", "{#noyau .check}"],
    ["nothing", ""],
  ])("leaves %s alone", (_, opening) => {
    expect(formatFences(doc(opening))).toEqual({ text: doc(opening), fences: [] });
  });

  it("warns that another tool's annotation runs, and of what has no place here", () => {
    const file = new VFile({ path: "03.md", value: doc('sh {"name":"x","cwd":"/tmp"}') });
    parseRunbook(file);
    expect(file.messages.map(({ reason, line }) => [reason, line])).toEqual([
      ["Annotation de runme, lue comme sh {#x} ; sans effet ici : cwd.", 3],
    ]);
  });

  const opening = fc.constantFrom(...TABLE.map(([, each]) => each), "bash {#a .check}", "text", "");
  const around = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 20 }),
    fc.constantFrom("> cité", "- liste", "    retrait", "~~~", "\uFEFF", "é\u00a0:"),
  );
  const ending = fc.constantFrom("\n", "\r\n", "\r");
  const fence = fc.tuple(opening, around, fc.constantFrom("", "> ", "- ", "  ")).map(([info, body, pad]) => {
    const inside = pad === "- " ? "  " : pad;
    return [`${pad}${F}${info}`, `${inside}#| label: y`, `${inside}${body}`, `${inside}${F}`];
  });
  const document = fc
    .tuple(
      fc.array(
        fc.oneof(
          fence,
          around.map((text) => [text]),
        ),
        { maxLength: 8 },
      ),
      ending,
    )
    .map(([parts, eol]) => parts.flat().join(eol));

  it("is idempotent, and changes no byte outside the fences that it names", () => {
    fc.assert(
      fc.property(document, (text) => {
        const once = formatFences(text);
        expect(formatFences(once.text)).toEqual({ text: once.text, fences: [] });
        const split = (whole: string) => whole.match(/[^\r\n]*(?:\r\n|\r|\n|$)/g) ?? [];
        const opened = new Set(once.fences.map(({ line }) => line));
        const afterwards = split(once.text);
        let at = 0;
        for (const [index, line] of split(text).entries()) {
          // A line is as it was, or an opening that was named, or one of Quarto's own that went into the opening.
          if (afterwards[at] === line || opened.has(index + 1)) at += 1;
          else expect(line).toMatch(/#\| label: y/);
        }
        expect(at).toBe(afterwards.length);
      }),
      { numRuns: 500 },
    );
  });
});
