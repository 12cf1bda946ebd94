import type { InstallerField, InstallerScreen } from "../screen.ts";
import { arrow, type Canvas, type Colour, createCanvas, disc, fill, roundBox, widthOf, write } from "./canvas.ts";
import { writeColumns } from "./write-columns.ts";

const WHITE: Colour = [255, 255, 255];
const BLACK: Colour = [0, 0, 0];
const DARK: Colour = [46, 52, 54];
const ORANGE: Colour = [229, 112, 0];
const BAND: Colour = [245, 244, 242];
const LINE: Colour = [213, 208, 204];
const BORDER: Colour = [205, 199, 194];
const DISABLED: Colour = [146, 149, 149];
const BLUE: Colour = [53, 132, 228];
const GREEN: Colour = [0, 128, 0];
const BANNER = 164;
const BAR = 713;
const ROW = 44;

/** A page of the graphical installer: banner, page, form, buttons, as the real one arranges them; the vendor's mark is not in it. */
export function drawInstaller(screen: InstallerScreen): Canvas {
  const canvas = createCanvas(1024, 768, WHITE);
  fill(canvas, 0, 0, 1024, BANNER, [30, 30, 30]);
  write(canvas, "LAB", 32, 96, "sans-37", [120, 120, 120]);
  write(canvas, "Proxmox VE Installer", 624, 96, "sans-37", [235, 235, 235]);
  const form = formTop(screen);
  const centred = screen.centred === true;
  const titleAt = centred ? 262 : (1024 - widthOf(screen.title, "sans-bold-24")) / 2;
  write(canvas, screen.title, Math.round(titleAt), centred ? 251 : 220, "sans-bold-24", ORANGE);
  writeColumns(canvas, screen, form);
  if (screen.frame !== undefined) drawFrame(canvas, screen.frame);
  if (screen.table !== undefined) drawTable(canvas, screen.table);
  fill(canvas, 0, form, 1024, BAR - form, BAND);
  if (form < BAR) fill(canvas, 0, form, 1024, 1, LINE);
  screen.fields.forEach((field, index) => {
    drawField(canvas, field, form + 11 + index * ROW, columnOf(screen));
  });
  if (screen.progress !== undefined) drawProgress(canvas, screen.progress, form);
  drawButtons(canvas, screen.buttons);
  if (screen.message !== undefined) drawMessage(canvas, screen.message);
  return canvas;
}

function formTop({ fields, progress, table }: InstallerScreen): number {
  if (progress !== undefined) return 657;
  if (table !== undefined) return BAR - 28;
  return fields.length === 0 ? BAR : BAR - fields.length * ROW - 11;
}

function columnOf({ fields }: InstallerScreen): { readonly x: number; readonly width: number } {
  return fields.length > 4 || fields.some((field) => field.type === "choice" && field.button !== undefined)
    ? { x: fields.length > 4 ? 437 : 397, width: 309 }
    : { x: 492, width: 200 };
}

function drawField(canvas: Canvas, field: InstallerField, y: number, column: { x: number; width: number }): void {
  const { x } = column;
  if (field.type === "check") {
    drawCheck(canvas, field.label, field.checked, x + 4, y + 9);
    if (field.button !== undefined) drawButton(canvas, field.button, 662, y, 84, true);
    return;
  }
  const label = Math.round(x - 10 - widthOf(field.label, "sans-13"));
  // A list is as wide as its longest entry.
  const needed = Math.round(widthOf(field.value, "sans-13")) + 46;
  const width = field.type === "choice" && field.button !== undefined ? Math.max(248, needed) : column.width;
  write(canvas, field.label, label, y + 21, "sans-13", DARK);
  if (field.type === "choice") {
    roundBox(canvas, { x, y, width, height: 34 }, field.focused ? BLUE : BORDER, BAND, field.focused ? 2 : 1);
    if (field.dot === true) disc(canvas, x + 18, y + 18, 5, GREEN);
    write(canvas, field.value, x + (field.dot === true ? 28 : 12), y + 21, "sans-13", DARK);
    arrow(canvas, x + width - 24, y + 14, DARK);
    if (field.button !== undefined) drawButton(canvas, field.button, x + width + 10, y, 84, true);
    return;
  }
  const own = field.suffix === undefined ? column.width : column.width - 56;
  drawEntry(canvas, field.type === "password" ? "●".repeat(field.value.length) : field.value, field.focused, x, y, own);
  if (field.suffix !== undefined) {
    write(canvas, "/", x + own + 6, y + 21, "sans-13", DARK);
    drawEntry(canvas, field.suffix.value, field.suffix.focused, x + own + 14, y, 42);
  }
}

function drawEntry(canvas: Canvas, value: string, focused: boolean, x: number, y: number, width: number): void {
  roundBox(canvas, { x, y, width, height: 34 }, focused ? BLUE : BORDER, WHITE, focused ? 2 : 1);
  const end = write(canvas, endThatFits(value, width - 20), x + 9, y + 21, "sans-13", BLACK);
  if (focused) fill(canvas, Math.round(end) + 1, y + 9, 1, 16, BLACK);
}

/** What is too long for its field is scrolled: its end is seen, where one types. */
function endThatFits(text: string, width: number): string {
  const characters = [...text];
  while (characters.length > 0 && widthOf(characters.join(""), "sans-13") > width) characters.shift();
  return characters.join("");
}

function drawCheck(canvas: Canvas, label: string, checked: boolean, x: number, y: number): void {
  roundBox(canvas, { x, y, width: 16, height: 16 }, checked ? BLUE : BORDER, checked ? BLUE : WHITE);
  if (checked) {
    for (let step = 0; step < 8; step += 1) {
      fill(canvas, x + 3 + step, y + (step < 3 ? 7 + step : 12 - step), 2, 2, WHITE);
    }
  }
  write(canvas, label, x + 20, y + 12, "sans-13", DARK);
}

function drawFrame(canvas: Canvas, lines: readonly string[]): void {
  roundBox(canvas, { x: 209, y: 260, width: 606, height: 426 }, [225, 225, 225], WHITE);
  lines.forEach((line, index) => {
    write(canvas, line, 213, 275 + index * 17, "sans-13", BLACK);
  });
}

function drawTable(canvas: Canvas, rows: readonly (readonly [string, string])[]): void {
  fill(canvas, 114, 319, 199, 29, ORANGE);
  fill(canvas, 315, 319, 595, 29, ORANGE);
  write(canvas, "Option", 119, 339, "sans-bold-16", WHITE);
  write(canvas, "Value", 319, 339, "sans-bold-16", WHITE);
  rows.forEach(([option, value], index) => {
    const y = 350 + index * 27;
    const ground: Colour = index % 2 === 0 ? [240, 240, 240] : WHITE;
    fill(canvas, 114, y, 199, 25, ground);
    fill(canvas, 315, y, 595, 25, ground);
    write(canvas, option, 117, y + 18, "sans-16", BLACK);
    write(canvas, value, 318, y + 18, "sans-16", BLACK);
  });
}

function drawProgress(canvas: Canvas, progress: { text: string; percent: number }, top: number): void {
  const at = (text: string) => Math.round((1024 - widthOf(text, "sans-13")) / 2);
  write(canvas, progress.text, at(progress.text), top + 24, "sans-13", DARK);
  const percent = `${progress.percent}%`;
  write(canvas, percent, at(percent), top + 39, "sans-13", DISABLED);
  fill(canvas, 212, top + 42, 600, 4, LINE);
  fill(canvas, 212, top + 42, Math.round(6 * progress.percent), 4, BLUE);
}

function drawButtons(canvas: Canvas, { abort, previous, next }: InstallerScreen["buttons"]): void {
  fill(canvas, 0, BAR, 1024, 768 - BAR, BAND);
  fill(canvas, 0, BAR, 1024, 1, LINE);
  drawButton(canvas, "Abort", 10, 724, 69, abort);
  const width = Math.max(65, Math.round(widthOf(next.replace(/^~/, ""), "sans-13")) + 34);
  drawButton(canvas, next.replace(/^~/, ""), 1014 - width, 724, width, !next.startsWith("~"));
  if (previous !== "none") drawButton(canvas, "Previous", 1014 - width - 110, 724, 90, previous === "on");
}

function drawButton(canvas: Canvas, text: string, x: number, y: number, width: number, enabled: boolean): void {
  roundBox(canvas, { x, y, width, height: 34 }, BORDER, [242, 241, 239]);
  const at = x + Math.round((width - widthOf(text, "sans-13")) / 2);
  write(canvas, text, at, y + 21, "sans-13", enabled ? DARK : DISABLED);
}

function drawMessage(canvas: Canvas, text: string): void {
  const width = Math.max(240, Math.round(widthOf(text, "sans-13")) + 80);
  const x = Math.round((1024 - width) / 2);
  roundBox(canvas, { x, y: 330, width, height: 110 }, LINE, BAND);
  write(canvas, text, x + 40, 366, "sans-13", DARK);
  drawButton(canvas, "OK", x + Math.round(width / 2) - 40, 392, 80, true);
}
