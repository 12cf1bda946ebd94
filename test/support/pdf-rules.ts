import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pngjs from "pngjs";
import { sha256 } from "../../engine/base/digest.ts";
import type { Report } from "../../engine/model/report.ts";
import { readDestinations } from "../../engine/report/destinations.ts";

export interface PrintedReport {
  readonly pdf: string;
  readonly report: Report;
  /** The run's `data/`. */
  readonly data: string;
}

/** What must hold for every report in PDF, each by name: gives what breaks it, nothing when it holds. */
export const PDF_RULES: Readonly<Record<string, (printed: PrintedReport) => Promise<readonly string[]>>> = {
  "the file is well formed": async ({ pdf }) => {
    const said = await tool("qpdf", "--check", pdf);
    return said.includes("No syntax or stream encoding errors found") ? [] : [said];
  },
  "it is tagged, described, and has its title": async ({ pdf, report }) => {
    const info = await tool("pdfinfo", pdf);
    return [/^Tagged: +yes$/m, /^Metadata Stream: +yes$/m, /^Suspects: +no$/m]
      .filter((expected) => !expected.test(info))
      .map(String)
      .concat(info.includes(report.identity.title) ? [] : ["the title"]);
  },
  "all fonts are TrueType, embedded and mapped to letters; none is drawn": async ({ pdf }) => {
    const fonts = (await tool("pdffonts", pdf)).split("\n").slice(2).filter(Boolean);
    return fonts.length === 0
      ? ["no font"]
      : fonts.filter((font) => !/CID TrueType +Identity-H +yes yes yes/.test(font));
  },
  "every picture holds the pixels of its evidence": picturesDiffer,
  "no picture is coarser than 200 points an inch": async ({ pdf }) => {
    const rows = (await tool("pdfimages", "-list", pdf)).split("\n").slice(2).filter(Boolean);
    return rows.filter((row) => Number(row.trim().split(/\s+/)[12]) < 200);
  },
  "no placeholder is left": async ({ pdf }) =>
    (await tool("pdftotext", pdf, "-")).match(/\[\s*capture\s*:[^\]]*\]/gi) ?? [],
  "the numbers in the tables of contents are the pages of their entries": contentsLie,
  "the outline is the tree of headings": async ({ pdf, report }) => {
    const { outlines } = JSON.parse(await tool("qpdf", "--json", "--json-key=outlines", pdf)) as {
      outlines: readonly Outline[];
    };
    const titles = new Set(titlesOf(outlines).map(spaces));
    return report.chapters
      .flatMap(({ title, sections }) => [title, ...sections.map((section) => section.title)])
      .filter((title) => !titles.has(spaces(title)));
  },
  "no heading stands alone at the foot of a page": async ({ pdf, report }) => {
    const titles = new Set(report.chapters.flatMap(({ sections }) => sections.map(({ title }) => spaces(title))));
    const pages = (await tool("pdftotext", "-layout", pdf, "-")).split("\f");
    return pages.flatMap((page) => {
      const body = page
        .split("\n")
        .map((line) => spaces(line))
        .filter(Boolean)
        .slice(0, -1);
      const last = body.at(-1) ?? "";
      return titles.has(last) ? [last] : [];
    });
  },
  "journal, record of the run and digests travel inside, byte by byte": attachmentsDiffer,
};

/** What a tool says. */
async function tool(name: string, ...args: readonly string[]): Promise<string> {
  return (await promisify(execFile)(name, [...args], { maxBuffer: 256 * 1024 * 1024 })).stdout;
}

async function picturesDiffer({ pdf, report, data }: PrintedReport): Promise<readonly string[]> {
  const shown = report.figures.flatMap(({ number, content }) =>
    content.type === "picture" && content.picture.mediaType === "image/png" ? [{ number, ...content.picture }] : [],
  );
  const folder = await mkdtemp(join(tmpdir(), "constat-pictures-"));
  try {
    await tool("pdfimages", "-png", pdf, join(folder, "p"));
    const found = new Set<string>();
    for (const name of await readdir(folder)) found.add(pixels(await readFile(join(folder, name))));
    const missing: string[] = [];
    for (const { number, path } of shown)
      if (!found.has(pixels(await readFile(join(data, path))))) missing.push(`figure ${number}: ${path}`);
    return missing;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function pixels(png: Buffer): string {
  const { width, height, data } = pngjs.PNG.sync.read(png);
  return `${width}x${height} ${sha256(data)}`;
}

/** Joins what is printed with where things are. */
async function contentsLie({ pdf, report }: PrintedReport): Promise<readonly string[]> {
  const { pages } = await readDestinations(await readFile(pdf));
  const last = String((pages.get("synthese") ?? 2) - 1);
  const text = spaces(await tool("pdftotext", "-layout", "-f", "3", "-l", last, pdf, "-"));
  const entries = [
    ...report.chapters.flatMap(({ anchor, title, sections }) => [
      [title, anchor] as const,
      ...sections.map((section) => [section.title, section.anchor] as const),
    ]),
    ...report.figures.map(({ anchor, caption, number }) => [`Figure ${number} ${caption}`, anchor] as const),
  ];
  return entries.flatMap(([title, anchor]) => {
    const page = pages.get(anchor);
    // An entry of two lines has its number beside the first.
    const words = spaces(title);
    const whole = text.includes(`${words} ${page} `);
    const [head = ""] = words.match(/^.{1,40}(?= |$)/) ?? [];
    const broken = text.split(head).some((rest, index) => index > 0 && new RegExp(`^[^\\d]{0,90} ${page} `).test(rest));
    return whole || broken ? [] : [`${title}: page ${page}`];
  });
}

async function attachmentsDiffer({ pdf, data }: PrintedReport): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "constat-attached-"));
  try {
    await tool("pdfdetach", "-saveall", "-o", folder, pdf);
    const names = (await readdir(folder)).toSorted();
    const expected = ["journal.jsonl", "preuves-sha256.txt", "rendu.json", "run.json"];
    if (names.join() !== expected.join()) return [`embedded: ${names.join()}`];
    const wrong: string[] = [];
    for (const name of ["journal.jsonl", "run.json"])
      if (!(await readFile(join(folder, name))).equals(await readFile(join(data, name)))) wrong.push(name);
    for (const line of (await readFile(join(folder, "preuves-sha256.txt"), "utf8")).split("\n").filter(Boolean)) {
      const [digest, path = ""] = line.split("  ");
      if (sha256(await readFile(join(data, path))) !== digest) wrong.push(path);
    }
    return wrong;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Outline {
  readonly title: string;
  readonly kids: readonly Outline[];
}

function titlesOf(outlines: readonly Outline[]): readonly string[] {
  return outlines.flatMap(({ title, kids }) => [title, ...titlesOf(kids)]);
}

function spaces(text: string): string {
  return text.replace(/[\s\u00a0\u202f]+/g, " ").trim();
}
