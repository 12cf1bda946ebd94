import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Artefact } from "../../../engine/model/event.ts";
import { foldRule } from "../../../engine/report/fold-lines.ts";
import { readScreens, renderScreen } from "../../../engine/report/screen.ts";
import { mergeStreams } from "../../../engine/report/stored-output.ts";
import { buildTerminal } from "../../../engine/report/terminal.ts";

const E = "\u001b[";
const OSC = "\u001b]";

async function html(text: string): Promise<string> {
  const terminal = await buildTerminal(Buffer.from(text), undefined, { fold: undefined, judgements: [] });
  return terminal.parts.map((part) => part.code.html).join("");
}

/** Lines as a reader sees them. */
async function plain(text: string): Promise<readonly string[]> {
  const lines = await renderScreen(Buffer.from(text));
  return lines.map((line) => line.map((row) => row.map((span) => span.text).join("")).join("⏎"));
}

describe("renderScreen()", () => {
  it.each<[string, string, readonly string[]]>([
    ["plain lines", "a\nb\n", ["a", "b"]],
    ["lines of a terminal", "a\r\nb\r\n", ["a", "b"]],
    ["nothing", "", []],
    ["only blanks and empty lines", "  \n\n   \n", []],
    ["blanks at the end of lines", "a   \n\nb\t\n\n\n", ["a", "", "b"]],
    ["a progress bar in its final state", " 10%\r 50%\r100%\ndone\n", ["100%", "done"]],
    ["a bar that shrinks and is erased", `#########\r${E}Kok\n`, ["ok"]],
    ["backspaces", "abc\b\bX\n", ["aXc"]],
    ["tabs", "a\tb\n", ["a       b"]],
    ["cursor moves", `one\ntwo\n${E}2A${E}2KONE\n`, ["ONE", "two"]],
    [
      "nothing of the alternate screen among the lines",
      `before\n${E}?1049htop - 10:00\nrow\n${E}?1049lafter\n`,
      ["before", "after"],
    ],
    ["wide characters", "日本 | ok\n", ["日本 | ok"]],
    ["combining characters", "e\u0301te\u0301\n", ["e\u0301te\u0301"]],
    ["a title, inert", `${OSC}0;evil\u0007shown\n`, ["shown"]],
    ["a clipboard order, inert", `${OSC}52;c;ZXZpbA==\u0007shown\n`, ["shown"]],
    ["a link without its address", `${OSC}8;;https://evil.example/\u001b\\text${OSC}8;;\u001b\\\n`, ["text"]],
    ["a hidden cursor", `${E}?25lx${E}?25h\n`, ["x"]],
    ["text without a line end", "no newline", ["no newline"]],
  ])("shows %s", async (_name, text, expected) => {
    expect(await plain(text)).toEqual(expected);
  });

  it("keeps what full-screen programs showed last, in its place among the lines, left or not", async () => {
    const top = (text: string) => `${E}?1049h${E}H${E}2J${text}`;
    const text = `one\ntwo\n${top("first frame")}${E}Htop - 10:00${E}K\nrow${E}?1049lthree\n${top("")}${E}?1049l${top("less")}`;
    const { lines, snapshots } = await readScreens(Buffer.from(text));
    const read = (each: typeof lines) =>
      each.map((line) =>
        line
          .flat()
          .map((span) => span.text)
          .join(""),
      );
    expect(read(lines)).toEqual(["one", "two", "three"]);
    expect(snapshots.map(({ before, lines: seen }) => [before, read(seen)])).toEqual([
      [2, ["top - 10:00", "row"]],
      [3, ["less"]],
    ]);
    const { parts } = await buildTerminal(Buffer.from(text), undefined, { fold: undefined, judgements: [] });
    expect(parts.map(({ type, code }) => [type, code.html.replace(/<[^>]*>/g, "")])).toEqual([
      ["lines", "one\ntwo\n"],
      ["screen", "top - 10:00\nrow\n"],
      ["lines", "three\n"],
      ["screen", "less\n"],
    ]);
  });

  it("shows every one of the 256 and the true colours in the tested palette, none of its own", async () => {
    const all = Array.from({ length: 256 }, (_, index) => `${E}38;5;${index};48;5;${255 - index}mx${E}0m`).join("");
    const classes = [...(await html(all)).matchAll(/class="([^"]*)"/g)].flatMap(([, names = ""]) => names.split(" "));
    expect(classes.filter((name) => !/^(?:l|r|[fg](?:1[0-5]|\d))$/.test(name))).toEqual([]);
    const part = fc.integer({ min: 0, max: 255 });
    await fc.assert(
      fc.asyncProperty(part, part, part, async (r, g, b) => {
        const shown = await html(`${E}38;2;${r};${g};${b}mx${E}0m`);
        expect(shown).toMatch(/<span class="f(?:1[0-5]|\d)">x<\/span>/);
        expect(shown).not.toContain("style=");
      }),
      { numRuns: 40 },
    );
  });

  it("goes on after bytes that are not UTF-8", async () => {
    const lines = await renderScreen(Buffer.from([0x61, 0xff, 0x62, 0x0a, 0x63]));
    expect(
      lines.map((line) =>
        line
          .flat()
          .map(({ text }) => text)
          .join(""),
      ),
    ).toEqual(["a\ufffdb", "c"]);
  });

  it("keeps a line that is wider than the page as one line of several rows", async () => {
    expect(await plain(`${"x".repeat(240)}\nshort\n`)).toEqual([
      `${"x".repeat(105)}⏎${"x".repeat(105)}⏎${"x".repeat(30)}`,
      "short",
    ]);
  });

  it("keeps every line of a long output", async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index + 1}`);
    expect(await plain(`${lines.join("\n")}\n`)).toEqual(lines);
  });

  it("keeps every printable text", async () => {
    const word = fc.string({ unit: fc.constantFrom(..."abcXYZ019<>&\"'/=-_é"), minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 20 }), async (lines) => {
        expect(await plain(`${lines.join("\n")}\n`)).toEqual(lines);
      }),
      { numRuns: 40 },
    );
  });
});

describe("buildTerminal()", () => {
  it.each([
    ["markup", '<script>alert(1)</script> & "q"\n', "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;q&quot;"],
    ["a named colour", `${E}31mred${E}0m\n`, '<span class="f1">red</span>'],
    ["a bright colour and bold", `${E}1;92mok${E}0m\n`, '<span class="f10 b">ok</span>'],
    ["a colour of the cube, by its nearest name", `${E}38;5;196mred${E}0m\n`, '<span class="f9">red</span>'],
    ["a true colour, by its nearest name", `${E}38;2;0;0;230mblue${E}0m\n`, '<span class="f4">blue</span>'],
    ["a background", `${E}43mwarn${E}0m\n`, '<span class="g3">warn</span>'],
    ["inverse", `${E}7mINV${E}0m\n`, '<span class="v">INV</span>'],
    ["underline, strike, faint, italic", `${E}2;3;4;9mx${E}0m\n`, '<span class="d i u s">x</span>'],
  ])("renders %s", async (_name, text, expected) => {
    expect(await html(text)).toContain(expected);
  });

  it("numbers lines in attributes, so that nobody copies the numbers", async () => {
    expect(await html("a\nb\n")).toBe('<span class="l" data-n="1">a\n</span><span class="l" data-n="2">b\n</span>');
  });

  it("marks the rows of a wide line", async () => {
    expect(await html(`${"x".repeat(110)}\n`)).toBe(
      `<span class="l" data-n="1"><span class="r">${"x".repeat(105)}</span><span class="r">xxxxx</span>\n</span>`,
    );
  });

  it("hides the middle of a long output, says how much, and never a line that a check speaks of", async () => {
    const lines = Array.from({ length: 1384 }, (_, index) => (index === 699 ? "Quorate: Yes" : `line ${index + 1}`));
    const artefact: Artefact = {
      role: "stdout",
      path: "terminal/bloc-017.out",
      sha256: "ab".repeat(32),
      bytes: 9,
      mediaType: "text/plain",
    };
    const judgements = [{ ok: true, expected: "x", obtained: "Quorate: Yes" }];
    const terminal = await buildTerminal(Buffer.from(lines.join("\n")), artefact, {
      fold: foldRule(undefined),
      judgements,
    });
    const shape = terminal.parts.map((part) => (part.type === "bar" ? [part.from, part.to, part.count] : part.type));
    expect(shape).toEqual(["lines", [41, 699, 659], "lines", [701, 1364, 664], "lines"]);
    expect(terminal).toMatchObject({ lines: 1384, hidden: 1323, long: true, numbered: true });
    expect(terminal.parts[2]?.code.html).toContain('data-n="700">Quorate: Yes');
  });

  it.each<[string, boolean | number | undefined, number, number]>([
    ["the default shows what nearly fits", undefined, 68, 0],
    ["the default hides the rest", undefined, 69, 9],
    ["false shows all", false, 500, 0],
    ["true shows fifteen lines", true, 100, 85],
    ["a number shows that many", 30, 100, 70],
  ])("folds: %s", async (_name, fold, lines, hidden) => {
    const text = Buffer.from("x\n".repeat(lines));
    expect((await buildTerminal(text, undefined, { fold: foldRule(fold), judgements: [] })).hidden).toBe(hidden);
  });

  it("lays out JSON only when a line is wider than the page, and says so", async () => {
    const narrow = await buildTerminal(Buffer.from('{"a":1}\n'), undefined, { fold: undefined, judgements: [] });
    const rows = Array.from({ length: 8 }, (_, index) => ({ name: `pve${index}`, online: 1 }));
    const wide = await buildTerminal(Buffer.from(JSON.stringify(rows)), undefined, { fold: undefined, judgements: [] });
    expect([narrow.layout, narrow.lines]).toEqual(["as-is", 1]);
    expect([wide.layout, wide.lines]).toEqual(["json", 10]);
  });
});

describe("mergeStreams()", () => {
  const out = Buffer.from("one three ");
  const err = Buffer.from("two ");

  it.each([
    ["in the order of the index", '[0,"o",4]\n[0.1,"e",4]\n[0.2,"o",6]\n', "one two three "],
    ["all of it when the index is missing", "", "one three two "],
    ["all of it when the index is cut short", '[0,"o",4]\n[0.1,"e",4]\n[0.2,"o', "one two three "],
    ["all of it when the index says nonsense", '{"x":1}\nnull\n[0,"z",4]\n', "one three two "],
  ])("gives both streams: %s", (_name, timing, expected) => {
    expect(Buffer.from(mergeStreams(out, err, timing)).toString()).toBe(expected);
  });
});

describe("the palette of terminals", () => {
  it("keeps a contrast of 4.5:1 on white and on every tint", async () => {
    const css = await readFile(join(import.meta.dirname, "../../../templates/assets/terminals.css"), "utf8");
    const foregrounds = colours(css, /\.f\d+,\s*\.f\d+ \{\s*color: (#[0-9a-f]{6})/g);
    const tints = colours(css, /\.g\d+,\s*\.g\d+ \{\s*background: (#[0-9a-f]{6})/g);
    expect([foregrounds.length, tints.length]).toEqual([8, 8]);
    const ink = "#1b1f24";
    const pairs = [...foregrounds, ink].flatMap((front) => [...tints, "#ffffff"].map((back) => [front, back] as const));
    // Faint text is drawn at 0.82: what remains of the contrast is checked as well.
    const weak = pairs.filter(([front, back]) => contrast(blend(front, back, 0.82), back) < 4.5);
    expect(weak).toEqual([]);
    expect(contrast("#57606a", "#ffffff")).toBeGreaterThan(4.5);
  });
});

function colours(css: string, pattern: RegExp): readonly string[] {
  return [...css.matchAll(pattern)].map(([, colour]) => colour ?? "");
}

function parts(colour: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}

function blend(front: string, back: string, share: number): string {
  const mixed = parts(front).map((part, index) => Math.round(part * share + (parts(back)[index] ?? 0) * (1 - share)));
  return `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = parts(colour).map((part) => {
    const share = part / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
