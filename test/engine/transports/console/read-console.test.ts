import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Raster } from "../../../../engine/transports/console/raster.ts";
import { ScreenReader } from "../../../../engine/transports/console/reading/read-screen.ts";
import { screenText } from "../../../../engine/transports/console/reading/screen-text.ts";

const FOLDER = join(import.meta.dirname, "../../../../templates/glyphs");
const FONTS = readdirSync(FOLDER).filter((file) => file.startsWith("console-"));
const COLUMNS = 80;

interface Table {
  readonly cell: { readonly width: number; readonly height: number; readonly base: number };
  readonly glyphs: Readonly<Record<string, readonly [number, number, number, number, number, string]>>;
}

/** A text screen with one line in the given colour, on blue. */
function screen({ cell, glyphs }: Table, line: string, colour: readonly number[]): Raster {
  const [width, height] = [COLUMNS * cell.width, 4 * cell.height];
  const rgb = new Uint8Array(width * height * 3);
  for (let at = 0; at < rgb.length; at += 3) rgb.set([0, 0, 90], at);
  for (const [column, character] of [...line].entries()) {
    const glyph = glyphs[character];
    if (glyph === undefined) continue;
    const [, left, top, wide, high, coverage] = glyph;
    for (const [index, value] of Buffer.from(coverage, "base64").entries()) {
      const x = column * cell.width + left + (index % wide);
      const y = cell.height + cell.base + top + Math.floor(index / wide);
      if (value > 0 && index < wide * high) rgb.set(colour, (y * width + x) * 3);
    }
  }
  return { width, height, rgb };
}

const words = fc
  .array(fc.stringMatching(/^[A-Za-z0-9/:.@_()[\]%-]{3,10}$/), { minLength: 1, maxLength: 6 })
  .map((list) => list.join(" "));
const colour = fc.constantFrom([170, 170, 170], [255, 255, 255], [85, 255, 85], [255, 85, 85]);

test("there are the fonts of firmware, kernel and Debian", () => {
  expect(FONTS.map((file) => file.replace(/-16\.json$/, ""))).toEqual([
    "console-fixed",
    "console-terminus",
    "console-terminus-bold",
    "console-text",
    "console-vga",
  ]);
});

test.each(FONTS)("what is written in %s is read letter by letter", async (file) => {
  const table: Table = JSON.parse(readFileSync(join(FOLDER, file), "utf8"));
  await fc.assert(
    fc.asyncProperty(words, colour, async (line, ink) => {
      const text = screenText(await new ScreenReader().read(screen(table, line, ink)));
      expect(text.replace(/\s+/g, " ")).toBe(line);
    }),
    { numRuns: 25 },
  );
});
