/**
 * `node scripts/make-console-glyphs.ts FOLDER PICTURE`: takes the letters of text consoles into `templates/glyphs/`. FOLDER holds the fonts of
 * Debian's console-setup-linux: VGA, which the kernel begins with, Fixed and Terminus, which Debian loads later. PICTURE is a text screen of
 * 80 × 25 (720 × 400 pixels, from QEMU) with the characters 0 to 255 one after the other, as a boot sector of these bytes shows it:
 * B8 03 00 CD 10 B8 00 B8 8E C0 31 FF B8 00 07 AB FE C0 75 FB FA F4 EB FE: what firmware and boot loaders write with, nine pixels a letter.
 * Bitmaps of console fonts are in the public domain.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { PNG } from "pngjs";

const FONTS = {
  "console-vga-16": "Lat15-VGA16.psf.gz",
  "console-fixed-16": "Lat15-Fixed16.psf.gz",
  "console-terminus-16": "Lat15-Terminus16.psf.gz",
  "console-terminus-bold-16": "Lat15-TerminusBold16.psf.gz",
} as const;
const PSF1 = 0x3604;
const PSF1_HAS_512 = 1;
const PSF1_SEPARATOR = 0xffff;
const PSF1_SEQUENCE = 0xfffe;
const ASCII_AND_SPACE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join("");
const ASCII = ASCII_AND_SPACE.trim();
const CHARACTERS = `${ASCII}éèêëàâäçùûüîïôöÉÈÀÇ«»·°│─└┘┌┐├┤`;
const HEIGHT = 16;
/** Code page 437 from its 128th character on, as far as text is written with it. */
const UPPER =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²";
const COLUMNS = 80;

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = join(root, "templates", "glyphs");
const [fonts = "/usr/share/consolefonts", picture = "vga.png"] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const [name, file] of Object.entries(FONTS)) {
  write(name, file.replace(".psf.gz", ""), 8, readPsf1(gunzipSync(readFileSync(join(fonts, file)))));
}
write("console-text-16", "VGA 9 × 16", 9, readTextScreen(PNG.sync.read(readFileSync(picture))));

type Letters = ReadonlyMap<string, Letter>;

function write(name: string, font: string, pitch: number, letters: Letters): void {
  // Letters stand on the row below the last one of an x.
  const base = rowsOf(letters.get("x")).bottom + 1;
  const table = Object.fromEntries(
    [...CHARACTERS].flatMap((character) => entry(character, letters.get(character), pitch, base)),
  );
  const json = JSON.stringify({ font, size: HEIGHT, cell: { width: pitch, height: HEIGHT, base }, glyphs: table });
  writeFileSync(join(folder, `${name}.json`), `${json.replaceAll('],"', '],\n"')}\n`);
}

/** The characters of code page 437 on a text screen, whose cells are nine pixels wide. */
function readTextScreen({ width, height, data }: PNG): Letters {
  if (width !== 720 || height !== 400) throw new Error("not a text screen of 720 × 400");
  const shown = [..." ".repeat(32), ...ASCII_AND_SPACE, " ", ...UPPER];
  return new Map(
    shown.map((character, index) => {
      const [left, top] = [(index % COLUMNS) * 9, Math.floor(index / COLUMNS) * HEIGHT];
      return [character, (x, y) => (data[((top + y) * width + left + x) * 4] ?? 0) > 0] as const;
    }),
  );
}

/** The characters of a font for Linux's console, eight pixels wide. */
function readPsf1(font: Buffer): Letters {
  if (font.readUInt16BE(0) !== PSF1 || font[3] !== HEIGHT) throw new Error("not a PSF 1 font of 16 rows");
  const count = ((font[2] ?? 0) & PSF1_HAS_512) === 0 ? 256 : 512;
  const letters = new Map<string, Letter>();
  let at = 4 + count * HEIGHT;
  for (let index = 0; index < count; index += 1) {
    const first = 4 + index * HEIGHT;
    let single = true;
    for (; font.readUInt16LE(at) !== PSF1_SEPARATOR; at += 2) {
      const code = font.readUInt16LE(at);
      if (code === PSF1_SEQUENCE) single = false;
      if (single) letters.set(String.fromCharCode(code), (x, y) => (((font[first + y] ?? 0) >> (7 - x)) & 1) === 1);
    }
    at += 2;
  }
  return letters;
}

type Letter = (x: number, y: number) => boolean;

function rowsOf(letter: Letter | undefined, pitch = 9): { readonly top: number; readonly bottom: number } {
  if (letter === undefined) throw new Error("the font has no x");
  const rows = Array.from({ length: HEIGHT }, (_, y) =>
    Array.from({ length: pitch }, (_cell, x) => x).some((x) => letter(x, y)),
  );
  return { top: rows.indexOf(true), bottom: rows.lastIndexOf(true) };
}

/** [advance, left, top, width, height, coverage in base64], from the pen on the base line, as the other tables. */
function entry(character: string, letter: Letter | undefined, pitch: number, base: number): [string, unknown][] {
  if (letter === undefined) return [];
  const { top, bottom } = rowsOf(letter, pitch);
  if (top < 0) return [];
  const rows = Array.from({ length: bottom - top + 1 }, (_, row) => top + row);
  const inked = Array.from({ length: pitch }, (_, x) => x).filter((x) => rows.some((y) => letter(x, y)));
  const [left = 0, right = 0] = [inked.at(0), inked.at(-1)];
  const width = right - left + 1;
  const coverage = Buffer.from(
    rows.flatMap((y) => Array.from({ length: width }, (_, x) => (letter(left + x, y) ? 255 : 0))),
  );
  return [[character, [pitch, left, top - base, width, rows.length, coverage.toString("base64")]]];
}
