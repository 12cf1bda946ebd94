import { execFile } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import puppeteer from "puppeteer-core";
import { beforeAll, describe, expect, it } from "vitest";
import { openRun } from "../../../engine/evidence/index.ts";
import type { Report } from "../../../engine/model/report.ts";
import { readDestinations } from "../../../engine/report/destinations.ts";
import { buildReport, writeReport } from "../../../engine/report/index.ts";
import { findBrowser } from "../../../engine/transports/browser/index.ts";
import { keptFolder } from "../../support/kept-folder.ts";
import { TEMPLATES } from "../../support/read-report.ts";
import { sampleRun } from "../../support/report-run.ts";
import { writeRunFolder } from "../../support/run-folder.ts";

const run = promisify(execFile);
const root = keptFolder();
let browserPath = "";
let folder = "";
let report: Report;
let written: Awaited<ReturnType<typeof writeReport>>;

async function write(outFolder?: string) {
  const record = await openRun(folder);
  return writeReport({
    record,
    templatesFolder: TEMPLATES,
    outFolder,
    browserPath,
    signal: AbortSignal.timeout(50_000),
  });
}

async function tool(name: string, ...args: readonly string[]): Promise<string> {
  return (await run(name, [...args], { maxBuffer: 64 * 1024 * 1024 })).stdout;
}

const spaces = (text: string) => text.replace(/[\s\u00a0\u202f]+/g, " ");

beforeAll(async () => {
  browserPath = await findBrowser({ chosen: process.env["CONSTAT_BROWSER"], path: process.env["PATH"] });
  folder = await writeRunFolder(await sampleRun(root()));
  report = await buildReport(await openRun(folder));
  written = await write();
});

describe("writeReport()", () => {
  it("writes both files where the evidence is and leaves nothing else", async () => {
    expect([written.html, written.pdf]).toEqual(
      ["rapport.html", "rapport.pdf"].map((name) => join(folder, "data", name)),
    );
    await expect(stat(`${written.pdf}.part`)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("prints the same bytes again", async () => {
    const again = await write(join(root(), "again"));
    expect((await readFile(again.pdf)).equals(await readFile(written.pdf))).toBe(true);
    expect((await readFile(again.html)).equals(await readFile(written.html))).toBe(true);
  });

  it("says which browser does not start", async () => {
    const record = await openRun(folder);
    const request = { record, templatesFolder: TEMPLATES, outFolder: root(), signal: AbortSignal.timeout(20_000) };
    await expect(writeReport({ ...request, browserPath: "/bin/false" })).rejects.toMatchObject({
      code: "PRINT_FAILED",
    });
  });

  it("stops when it is told to", async () => {
    const record = await openRun(folder);
    const stop = AbortSignal.abort(new Error("enough"));
    const request = { record, templatesFolder: TEMPLATES, outFolder: root(), browserPath, signal: stop };
    await expect(writeReport(request)).rejects.toThrow("enough");
  });
});

describe("rapport.pdf", () => {
  it("carries title, author and the run's date, and is tagged", async () => {
    const info = await tool("pdfinfo", "-isodates", written.pdf);
    expect(info).toMatch(/^Title:\s+Mise en place d’un cluster Proxmox VE à trois nœuds$/m);
    expect(info).toMatch(/^Author:\s+Équipe infrastructure$/m);
    expect(info).toMatch(new RegExp(`^CreationDate:\\s+${report.run.endedAt.slice(0, 19)}`, "m"));
    expect(info).toMatch(/^Tagged:\s+yes$/m);
    expect(info).toMatch(/^Page size:\s+59[45][\d.]* x 84[12][\d.]* pts \(A4\)$/m);
    expect(info).toMatch(new RegExp(`^Pages:\\s+${written.pages}$`, "m"));
  });

  it("embeds TrueType fonts only, all of them ours", async () => {
    const fonts = (await tool("pdffonts", written.pdf))
      .split("\n")
      .slice(2)
      .filter((line) => line !== "");
    expect(fonts.length).toBeGreaterThan(3);
    expect(fonts.filter((line) => !/CID TrueType +Identity-H +yes yes yes/.test(line))).toEqual([]);
    expect(fonts.filter((line) => !/\+(?:LiberationS|JetBrainsMono|DejaVuSansMono)/.test(line))).toEqual([]);
  });

  it("prints in its contents the page on which each entry is", async () => {
    const { pages } = await readDestinations(await readFile(written.pdf));
    const last = String((pages.get("synthese") ?? 0) - 1);
    const text = await tool("pdftotext", "-layout", "-f", "3", "-l", last, written.pdf, "-");
    const lines = spaces2(text);
    const sections = report.chapters.flatMap(({ anchor, title, sections }) => [{ anchor, title }, ...sections]);
    const entries = [
      ...sections.map(({ anchor, title }) => [title, anchor] as const),
      ...report.figures.map(({ anchor, caption, number }) => [`Figure ${number} ${caption}`, anchor] as const),
      ["Synthèse", "synthese"],
      ["Complétude", "completude"],
      ["Annexe A – Intégrité", "integrite"],
    ] as const;
    for (const [title, anchor] of entries) {
      const line = lines.find((candidate) => candidate.startsWith(spaces(title)));
      expect([title, line?.match(/(\d+)$/)?.[1]]).toEqual([title, String(pages.get(anchor))]);
    }
    // The blocks stand in two columns: what follows a page's number is the end, or the next column's entry.
    for (const { anchor, step, number } of report.blocks) {
      const entry = new RegExp(`(?:^| )${number} ${step} .*? (\\d+)(?= \\d+ [a-z-]+ |$)`);
      const [page] = lines.flatMap((line) => entry.exec(line)?.[1] ?? []);
      expect([step, page]).toEqual([step, String(pages.get(anchor))]);
    }
  });

  it("puts each entry on the page that its destination names", async () => {
    const { pages } = await readDestinations(await readFile(written.pdf));
    for (const { anchor, title } of report.chapters.flatMap((chapter) => chapter.sections)) {
      const page = String(pages.get(anchor));
      expect(spaces(await tool("pdftotext", "-f", page, "-l", page, written.pdf, "-"))).toContain(spaces(title));
    }
  });

  it("shows every caption, every reason for a gap, and no placeholder", async () => {
    const text = spaces(await tool("pdftotext", written.pdf, "-"));
    for (const { number, caption } of report.figures) expect(text).toContain(spaces(`Figure ${number} — ${caption}`));
    for (const row of report.completeness.filter(({ filled }) => !filled)) expect(text).toContain(spaces(row.caption));
    expect(text).toContain("Capture non produite".toUpperCase());
    expect(text).not.toMatch(/\[ *capture/i);
  });

  it("never begins a line with a mark that belongs to the word before", async () => {
    // Chromium maps no-break spaces to plain ones in the text layer; what they are for shows in the line breaks.
    const text = await tool("pdftotext", "-layout", written.pdf, "-");
    expect(text).toMatch(/s’arrête \?/);
    expect(text.split("\n").filter((line) => /^\s*[?!;:»](?:\s|$)/.test(line))).toEqual([]);
  });

  it("heads each page with its chapter and foots it with page, reference and lab", async () => {
    const { pages } = await readDestinations(await readFile(written.pdf));
    const page = String((pages.get("chapitre-2") ?? 0) + 1);
    const text = spaces(await tool("pdftotext", "-layout", "-f", page, "-l", page, written.pdf, "-"));
    expect(text).toContain("2. Création du cluster et contrôle du quorum");
    expect(text).toContain("CST-PVE-001 · Version 1.0 · Diffusion restreinte");
    expect(text).toContain("laboratoire simulé");
    expect(text).toContain(`Page ${page} / ${written.pages}`);
  });

  it("shrinks nothing: a heading has its size", async () => {
    const { pages } = await readDestinations(await readFile(written.pdf));
    const page = String(pages.get("environnement"));
    const box = await tool("pdftotext", "-bbox", "-f", page, "-l", page, written.pdf, "-");
    const [, top = "0", bottom = "0"] = /yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">Environnement</.exec(box) ?? [];
    // What poppler measures for 18 pt of Liberation Sans Bold; a page that was shrunk to fit has less.
    expect((Number(bottom) - Number(top)) / 20.11).toBeCloseTo(1, 2);
  });

  it("prints pictures with their own pixels and no finer than they are", async () => {
    const list = await tool("pdfimages", "-list", written.pdf);
    expect(list).toMatch(/image +3200 +1800/);
  });

  it("is a well-formed file", async () => {
    expect(await tool("qpdf", "--check", written.pdf)).toContain("No syntax or stream encoding errors found");
  });
});

describe("rapport.html", () => {
  it("opens offline, with valid nesting, unique ids, links that lead somewhere and alternatives for pictures", async () => {
    const html = await readFile(written.html, "utf8");
    const browser = await puppeteer.launch({
      executablePath: browserPath,
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    });
    try {
      const page = await browser.newPage();
      const asked: string[] = [];
      const said: string[] = [];
      page.on("request", (request) => asked.push(request.url().slice(0, 5)));
      page.on("console", (message) => said.push(message.text()));
      // As it was written: its script adds buttons.
      await page.setJavaScriptEnabled(false);
      await page.goto(`file://${written.html}`);
      const seen = (await page.evaluate(INSPECT)) as Inspection;
      expect(asked.filter((scheme) => scheme !== "data:")).toEqual(["file:"]);
      expect(said).toEqual([]);
      expect(seen.duplicates).toEqual([]);
      expect(seen.dangling).toEqual([]);
      expect(seen.broken).toBe(0);
      expect(seen.mute).toBe(0);
      // Were an element closed early by the parser, there would be more elements than tags.
      for (const tag of ["p", "div", "table", "tr", "li", "section", "span", "pre", "details"]) {
        expect([tag, seen.elements[tag] ?? 0]).toEqual([
          tag,
          html.match(new RegExp(`<${tag}[\\s>]`, "g"))?.length ?? 0,
        ]);
      }
    } finally {
      await browser.close();
    }
  });
});

interface Inspection {
  readonly duplicates: readonly string[];
  readonly dangling: readonly string[];
  readonly broken: number;
  readonly mute: number;
  readonly elements: Readonly<Record<string, number>>;
}

/** Runs in the page. */
const INSPECT = `(() => {
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  const elements = {};
  for (const element of document.querySelectorAll("*")) elements[element.localName] = (elements[element.localName] ?? 0) + 1;
  return {
    duplicates: ids.filter((id, index) => ids.indexOf(id) !== index),
    dangling: [...document.querySelectorAll('a[href^="#"]')].map((a) => decodeURIComponent(a.hash.slice(1))).filter((id) => !ids.includes(id)),
    broken: [...document.images].filter((image) => image.hasAttribute("src") && image.naturalWidth === 0).length,
    mute: [...document.images].filter((image) => !image.hasAttribute("alt")).length,
    elements,
  };
})()`;

function spaces2(text: string): readonly string[] {
  return text.split("\n").map((line) => spaces(line).trim());
}
