/**
 * `node scripts/make-glyphs.ts`: draws the letters that console screens are written in, once and for all, into `templates/glyphs/`. They are
 * what screens are read with, and what the lab writes its screens with. Needs the DejaVu fonts (Debian: fonts-dejavu-core) and a browser.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";
import { findBrowser } from "../engine/transports/browser/find-browser.ts";

interface Style {
  readonly name: string;
  readonly font: string;
  readonly size: number;
}

/** GTK writes labels at 10 points, rounded to 13 pixels, page text at 12 and titles at 18 points. */
const STYLES: readonly Style[] = [
  { name: "sans-13", font: '13px "DejaVu Sans"', size: 13 },
  { name: "sans-16", font: '16px "DejaVu Sans"', size: 16 },
  { name: "sans-bold-16", font: 'bold 16px "DejaVu Sans"', size: 16 },
  { name: "sans-bold-24", font: 'bold 24px "DejaVu Sans"', size: 24 },
  { name: "sans-37", font: '37px "DejaVu Sans"', size: 37 },
];
const ASCII = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join("");
const CHARACTERS = `${ASCII}éèêëàâäçùûüîïôöÉÈÀÇœ«»’“”…–—·•●°€│─└┘┌┐├┤▼▶✓ﬁﬂ`;

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = join(root, "templates", "glyphs");
mkdirSync(folder, { recursive: true });
const executablePath = await findBrowser({ chosen: process.env["CONSTAT_BROWSER"], path: process.env["PATH"] });
const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await puppeteer.launch({
  executablePath,
  headless: executablePath.includes("headless-shell") ? "shell" : true,
  args: [...asRoot, "--disable-gpu", "--font-render-hinting=none", "--disable-lcd-text"],
});
try {
  const page = await browser.newPage();
  for (const { name, font, size } of STYLES) {
    const glyphs = await page.evaluate(drawGlyphs, font, size, CHARACTERS);
    const table = { font: font.replace(/^.*px /, "").replaceAll('"', ""), bold: font.startsWith("bold"), size, glyphs };
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(table).replaceAll('],"', '],\n"')}\n`);
  }
} finally {
  await browser.close();
}

/** Runs in the page: each letter as [advance, left, top, width, height, coverage in base64], from the pen on the base line. */
function drawGlyphs(font: string, size: number, characters: string): Record<string, unknown> {
  const side = Math.ceil(size * 3);
  const origin = Math.ceil(size * 1.5);
  // biome-ignore lint/suspicious/noExplicitAny: the page's own globals, which Node's types do not know
  const { document, btoa } = globalThis as any;
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.font = font;
  context.textBaseline = "alphabetic";
  const glyphs: Record<string, unknown> = {};
  for (const character of characters) {
    context.fillStyle = "white";
    context.fillRect(0, 0, side, side);
    context.fillStyle = "black";
    context.fillText(character, origin, origin);
    const { data } = context.getImageData(0, 0, side, side);
    const ink = (x: number, y: number): number => 255 - data[(y * side + x) * 4];
    let [left, top, right, bottom] = [side, side, -1, -1];
    for (let y = 0; y < side; y += 1) {
      for (let x = 0; x < side; x += 1) {
        if (ink(x, y) < 24) continue;
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
      }
    }
    if (right < 0) continue;
    const [width, height] = [right - left + 1, bottom - top + 1];
    let bytes = "";
    for (let y = top; y <= bottom; y += 1)
      for (let x = left; x <= right; x += 1) bytes += String.fromCharCode(ink(x, y));
    const advance = Math.round(context.measureText(character).width * 100) / 100;
    glyphs[character] = [advance, left - origin, top - origin, width, height, btoa(bytes)];
  }
  return glyphs;
}
