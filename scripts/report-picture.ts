/**
 * Makes the README's picture of a report: `node scripts/report-picture.ts output/latest 1 8` writes these pages side by side to
 * docs/images/rapport.png. Needs poppler's pdftoppm.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pngjs from "pngjs";

const { PNG } = pngjs;
const GAP = 14;
const MARGIN = 10;

const [run = "output/latest", ...pages] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "constat-picture-"));
try {
  const pictures = (pages.length === 0 ? ["1"] : pages).map((page) =>
    pictureOf(join(run, "data", "rapport.pdf"), page),
  );
  const height = Math.max(...pictures.map((each) => each.height)) + 2 * MARGIN;
  const width = pictures.reduce((sum, each) => sum + each.width + GAP, 2 * MARGIN - GAP);
  const whole = new PNG({ width, height, colorType: 2 });
  whole.data.fill(0xd8);
  let x = MARGIN;
  for (const picture of pictures) {
    PNG.bitblt(picture, whole, 0, 0, picture.width, picture.height, x, MARGIN);
    x += picture.width + GAP;
  }
  writeFileSync(join(import.meta.dirname, "../docs/images/rapport.png"), PNG.sync.write(whole, { colorType: 2 }));
} finally {
  rmSync(folder, { recursive: true });
}

function pictureOf(pdf: string, page: string): InstanceType<typeof PNG> {
  const stem = join(folder, `page-${page}-`);
  execFileSync("pdftoppm", ["-r", "42", "-png", "-f", page, "-l", page, pdf, stem]);
  const name = readdirSync(folder).find((each) => each.startsWith(`page-${page}-`)) ?? "";
  return PNG.sync.read(readFileSync(join(folder, name)));
}
