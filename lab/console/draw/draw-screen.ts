import { PNG } from "pngjs";
import type { ScreenContent } from "../screen.ts";
import { type Canvas, type Colour, createCanvas, fill, write } from "./canvas.ts";
import { drawInstaller } from "./draw-installer.ts";
import { drawMenu } from "./draw-menu.ts";

const BLACK: Colour = [0, 0, 0];
const GREY: Colour = [170, 170, 170];
const CELL = { width: 8, height: 16 };

/** Paints what a screen shows. */
export function drawScreen(content: ScreenContent): Canvas {
  switch (content.type) {
    case "off":
      return createCanvas(720, 400, BLACK);
    case "text":
      return drawText(content.lines, content.cursor);
    case "menu":
      return drawMenu(content);
    case "installer":
      return drawInstaller(content);
  }
}

/** The canvas as a PNG file. */
export function toPng({ width, height, rgb }: Canvas): Buffer {
  const png = new PNG({ width, height, colorType: 2, inputColorType: 2, inputHasAlpha: false });
  png.data = rgb;
  return PNG.sync.write(png, { colorType: 2, inputColorType: 2, inputHasAlpha: false });
}

/** The canvas as a binary PPM file: what QEMU's `screendump` writes unless told otherwise. */
export function toPpm({ width, height, rgb }: Canvas): Buffer {
  return Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`, "latin1"), rgb]);
}

function drawText(lines: readonly string[], cursor: boolean): Canvas {
  const canvas = createCanvas(1024, 768, BLACK);
  const shown = lines.slice(-canvas.height / CELL.height);
  shown.forEach((line, row) => {
    write(canvas, line, 0, row * CELL.height + 12, "console-vga-16", GREY);
  });
  const last = shown.at(-1) ?? "";
  if (cursor) fill(canvas, last.length * CELL.width, (shown.length - 1) * CELL.height + 13, CELL.width, 2, GREY);
  write(canvas, "LAB", canvas.width - 34, canvas.height - 6, "sans-13", [70, 70, 70]);
  return canvas;
}
