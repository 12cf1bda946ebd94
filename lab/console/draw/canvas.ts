import { type Font, type FontName, fontOf } from "./fonts.ts";

/** A colour as [red, green, blue]. */
export type Colour = readonly [number, number, number];

/** A picture that things are painted on: three bytes a pixel. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly rgb: Buffer;
}

/** A canvas of one colour. */
export function createCanvas(width: number, height: number, ground: Colour): Canvas {
  const canvas = { width, height, rgb: Buffer.alloc(width * height * 3) };
  fill(canvas, 0, 0, width, height, ground);
  return canvas;
}

/** Fills a rectangle. */
export function fill(canvas: Canvas, x: number, y: number, width: number, height: number, colour: Colour): void {
  for (let row = Math.max(0, y); row < Math.min(canvas.height, y + height); row += 1) {
    for (let column = Math.max(0, x); column < Math.min(canvas.width, x + width); column += 1) {
      blend(canvas, column, row, colour, 255);
    }
  }
}

/** A frame with round corners and its inside. */
export function roundBox(
  canvas: Canvas,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  border: Colour,
  inside: Colour,
  thickness = 1,
): void {
  const { x, y, width, height } = box;
  fill(canvas, x + 1, y, width - 2, height, border);
  fill(canvas, x, y + 1, width, height - 2, border);
  fill(canvas, x + thickness, y + thickness, width - 2 * thickness, height - 2 * thickness, inside);
}

/** A filled disc. */
export function disc(canvas: Canvas, x: number, y: number, radius: number, colour: Colour): void {
  const reach = Math.ceil(radius) + 1;
  for (let row = -reach; row <= reach; row += 1) {
    for (let column = -reach; column <= reach; column += 1) {
      const cover = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(column, row)));
      if (cover > 0) blend(canvas, x + column, y + row, colour, cover * 255);
    }
  }
}

/** A triangle that points down, as choices have. */
export function arrow(canvas: Canvas, x: number, y: number, colour: Colour): void {
  for (let row = 0; row < 6; row += 1) fill(canvas, x + row, y + row, 12 - 2 * row, 1, colour);
}

/** Writes text with its base line at `y`; gives the x behind it. */
export function write(canvas: Canvas, text: string, x: number, y: number, name: FontName, colour: Colour): number {
  const font = fontOf(name);
  let pen = x;
  for (const character of text) {
    const glyph = font.glyphs.get(character);
    if (glyph !== undefined) {
      const [left, top] = [Math.round(pen) + glyph.left, y + glyph.top];
      for (let row = 0; row < glyph.height; row += 1) {
        for (let column = 0; column < glyph.width; column += 1) {
          blend(canvas, left + column, top + row, colour, glyph.ink[row * glyph.width + column] ?? 0);
        }
      }
    }
    pen += advanceOf(font, character);
  }
  return pen;
}

/** How wide a text is. */
export function widthOf(text: string, name: FontName): number {
  const font = fontOf(name);
  return [...text].reduce((sum, character) => sum + advanceOf(font, character), 0);
}

function advanceOf(font: Font, character: string): number {
  return font.glyphs.get(character)?.advance ?? font.space;
}

function blend(canvas: Canvas, x: number, y: number, colour: Colour, cover: number): void {
  if (x < 0 || y < 0 || x >= canvas.width || y >= canvas.height) return;
  const at = (y * canvas.width + x) * 3;
  for (const channel of [0, 1, 2] as const) {
    const under = canvas.rgb[at + channel] ?? 0;
    canvas.rgb[at + channel] = Math.round(under + ((colour[channel] - under) * cover) / 255);
  }
}
