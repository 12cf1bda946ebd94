import type { ScreenContent } from "../screen.ts";
import { type Canvas, type Colour, createCanvas, fill, write } from "./canvas.ts";

type Menu = Extract<ScreenContent, { readonly type: "menu" }>;

const GROUND: Colour = [38, 46, 56];
const BAND: Colour = [24, 29, 36];
const LIGHT: Colour = [236, 239, 242];
const DIM: Colour = [150, 160, 170];
const MARK: Colour = [0, 120, 105];

/** A page of the server's firmware: where one is, what can be chosen, what there is to know. */
export function drawMenu({ title, path, items, selected, details }: Menu): Canvas {
  const canvas = createCanvas(1024, 768, GROUND);
  fill(canvas, 0, 0, canvas.width, 64, BAND);
  write(canvas, title, 32, 40, "sans-bold-24", LIGHT);
  write(canvas, "LAB", canvas.width - 60, 38, "sans-16", DIM);
  write(canvas, path.join(" > "), 32, 92, "sans-13", DIM);
  items.forEach((item, index) => {
    const top = 116 + index * 34;
    if (index === selected) fill(canvas, 24, top, canvas.width - 48, 30, MARK);
    write(canvas, item, 40, top + 21, "sans-16", LIGHT);
  });
  const below = 116 + items.length * 34 + 24;
  details.forEach((line, index) => {
    write(canvas, line, 40, below + 18 + index * 22, "sans-16", LIGHT);
  });
  fill(canvas, 0, canvas.height - 48, canvas.width, 48, BAND);
  write(canvas, "Enter: Select", 32, canvas.height - 18, "sans-13", DIM);
  write(canvas, "ESC: Exit", 180, canvas.height - 18, "sans-13", DIM);
  write(canvas, "Up / Down: Change selection", 300, canvas.height - 18, "sans-13", DIM);
  return canvas;
}
