import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import pixelmatch from "pixelmatch";
import pngjs from "pngjs";

const { PNG } = pngjs;

/** Coarse on purpose: another version of the browser or of poppler draws the edges of letters otherwise, a page that broke differs in whole areas. */
const DOTS_PER_INCH = 50;
const COLOUR_TOLERANCE = 0.3;

/** What a page says, line by line. Digests depend on how Node's zlib packs a picture: only their place is kept. */
export async function pageText(pdf: string, page: number): Promise<string> {
  const { stdout } = await promisify(execFile)("pdftotext", [
    "-layout",
    "-f",
    String(page),
    "-l",
    String(page),
    pdf,
    "-",
  ]);
  const lines = stdout.replace(/\b[0-9a-f]{12,64}\b/g, "#").split("\n");
  return `${lines.flatMap((line) => line.replace(/\s+/g, " ").trim() || []).join("\n")}\n`;
}

/**
 * Share of a page's dots, from 0 to 1, that differ from a golden picture. A golden picture that is missing is made, except in CI: to renew one, delete it,
 * run the test and look at the new one.
 */
export async function pageDifference(pdf: string, page: number, golden: string): Promise<number> {
  const args = ["-png", "-r", String(DOTS_PER_INCH), "-f", String(page), "-l", String(page), pdf];
  const { stdout } = await promisify(execFile)("pdftoppm", args, { encoding: "buffer", maxBuffer: 64 * 1024 * 1024 });
  if (!existsSync(golden)) {
    if (process.env["CI"]) throw new Error(`${golden} is missing`);
    await writeFile(golden, stdout);
  }
  const [seen, kept] = [PNG.sync.read(stdout), PNG.sync.read(await readFile(golden))];
  if (seen.width !== kept.width || seen.height !== kept.height) return 1;
  const { width, height } = seen;
  const differing = pixelmatch(seen.data, kept.data, undefined, width, height, { threshold: COLOUR_TOLERANCE });
  return differing / (width * height);
}

/** How many tags of each kind the whole file has. */
export async function tagCounts(pdf: string): Promise<string> {
  const { stdout } = await promisify(execFile)("pdfinfo", ["-struct", pdf], { maxBuffer: 64 * 1024 * 1024 });
  const counts = new Map<string, number>();
  for (const [, tag = ""] of stdout.matchAll(/^ *([A-Za-z]\w*)/gm)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return `${[...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([tag, count]) => `${tag} ${count}`)
    .join("\n")}\n`;
}
