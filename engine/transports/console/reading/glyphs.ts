import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** One letter of one font at one size: its coverage, and where it stands beside the pen on the base line. */
export interface Glyph {
  readonly character: string;
  readonly advance: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Coverage, 0 to 255, column by column. */
  readonly ink: Float32Array;
  /** Sum of the squares of it; and the root of that sum, column by column. */
  readonly energy: number;
  readonly lengths: Float32Array;
}

/** A font at a size. */
export interface TextStyle {
  readonly name: string;
  readonly size: number;
  /** Each letter as drawn on whole pixels. */
  readonly whole: readonly Glyph[];
  /** Each letter also a quarter, a half and three quarters of a pixel to the right, as page text is set. */
  readonly glyphs: readonly Glyph[];
  /** Highest and lowest row of any letter, from the base line (which is row 0; above it is negative). */
  readonly top: number;
  readonly bottom: number;
  /** Advance of a space. */
  readonly space: number;
  /** The font of a text console: every letter has a cell of this size, and the base line lies so far below its top. */
  readonly cell: Cell | undefined;
}

/** A letter's place on a text console, in pixels. */
export interface Cell {
  readonly width: number;
  readonly height: number;
  readonly base: number;
}

const FOLDER = join(import.meta.dirname, "..", "..", "..", "..", "templates", "glyphs");
const tableSchema = z.object({
  size: z.number(),
  cell: z.object({ width: z.int(), height: z.int(), base: z.int() }).optional(),
  glyphs: z.record(z.string(), z.tuple([z.number(), z.int(), z.int(), z.int(), z.int(), z.base64()])),
});
/** Two letters in one piece. */
const LIGATURES: Readonly<Record<string, string>> = { ﬁ: "fi", ﬂ: "fl" };
const LARGEST = 30;
const SHIFTS = [0.25, 0.5, 0.75];
/** Lines and corners belong to text consoles. */
const DRAWING = /[│─└┘┌┐├┤]/;
let loading: Promise<readonly TextStyle[]> | undefined;

/** The letters that screens are read with; loaded once. */
export function textStyles(): Promise<readonly TextStyle[]> {
  loading ??= loadStyles();
  return loading;
}

async function loadStyles(): Promise<readonly TextStyle[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith(".json")).sort();
  const styles = await Promise.all(
    files.map(async (file) => {
      const { size, cell, glyphs } = tableSchema.parse(JSON.parse(await readFile(join(FOLDER, file), "utf8")));
      const known = Object.entries(glyphs).filter(([character]) => cell !== undefined || !DRAWING.test(character));
      const list = known.map(([character, [advance, left, top, width, height, coverage]]): Glyph => {
        const ink = columns(Buffer.from(coverage, "base64"), width, height);
        return {
          character: LIGATURES[character] ?? character,
          advance,
          left,
          top,
          width,
          height,
          ink,
          ...sizeOf(ink, height),
        };
      });
      return {
        name: file.replace(/\.json$/, ""),
        size,
        whole: list,
        glyphs: list.flatMap((glyph) => [glyph, ...SHIFTS.map((part) => shifted(glyph, part))]),
        top: Math.min(...list.map((glyph) => glyph.top)),
        bottom: Math.max(...list.map((glyph) => glyph.top + glyph.height)),
        space: cell?.width ?? size * 0.318,
        cell,
      };
    }),
  );
  // Letters so large are a page's ornament.
  return styles.filter(({ size }) => size <= LARGEST);
}

/** The letter moved to the right by a part of a pixel: each column gives that part of itself to the next one. */
function shifted(glyph: Glyph, part: number): Glyph {
  const { height } = glyph;
  const ink = new Float32Array((glyph.width + 1) * height);
  for (let index = 0; index < ink.length; index += 1) {
    ink[index] = (glyph.ink[index] ?? 0) * (1 - part) + (glyph.ink[index - height] ?? 0) * part;
  }
  return { ...glyph, width: glyph.width + 1, ink, ...sizeOf(ink, height) };
}

function columns(rows: Buffer, width: number, height: number): Float32Array {
  return Float32Array.from({ length: width * height }, (_, index) => {
    const [column, row] = [Math.floor(index / height), index % height];
    return rows[row * width + column] ?? 0;
  });
}

function sizeOf(ink: Float32Array, height: number): Pick<Glyph, "energy" | "lengths"> {
  const sums = Array.from({ length: ink.length / height }, (_, column) =>
    ink.subarray(column * height, (column + 1) * height).reduce((sum, value) => sum + value * value, 0),
  );
  return { energy: sums.reduce((sum, value) => sum + value, 0), lengths: Float32Array.from(sums, Math.sqrt) };
}
