import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** The fonts that the lab's screens are written in: DejaVu Sans as the installer has it, the kernel's own VGA font for consoles. */
export type FontName = "sans-13" | "sans-16" | "sans-37" | "sans-bold-16" | "sans-bold-24" | "console-vga-16";

export interface Letter {
  readonly advance: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Coverage row by row, 0 to 255. */
  readonly ink: Buffer;
}

export interface Font {
  readonly glyphs: ReadonlyMap<string, Letter>;
  /** Advance of a space. */
  readonly space: number;
}

const FOLDER = join(import.meta.dirname, "..", "..", "..", "templates", "glyphs");
const tableSchema = z.object({
  size: z.number(),
  cell: z.object({ width: z.int() }).optional(),
  glyphs: z.record(z.string(), z.tuple([z.number(), z.int(), z.int(), z.int(), z.int(), z.string()])),
});
const loaded = new Map<FontName, Font>();

/** A font, read at its first use. */
export function fontOf(name: FontName): Font {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const { size, cell, glyphs } = tableSchema.parse(JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8")));
  const font: Font = {
    glyphs: new Map(
      Object.entries(glyphs).map(([character, [advance, left, top, width, height, ink]]) => [
        character,
        { advance, left, top, width, height, ink: Buffer.from(ink, "base64") },
      ]),
    ),
    space: cell?.width ?? size * 0.318,
  };
  loaded.set(name, font);
  return font;
}
