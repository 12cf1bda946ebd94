import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { ProblemError } from "../base/problem.ts";
import { type Destinations, readDestinations } from "./destinations.ts";

export interface PrintRequest {
  /** The print face. */
  readonly html: string;
  /** Files that it names, by path relative to it. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly browserPath: string;
  readonly signal: AbortSignal;
}

export interface Printed {
  readonly pdf: Uint8Array;
  readonly pages: number;
  /** Text of each link by its address: `#anchor`, or a web address. */
  readonly links: ReadonlyMap<string, string>;
  /** Texts of all headings. */
  readonly headings: readonly string[];
  /** As the browser calls itself (`Chrome/156.0.8078.79`). */
  readonly browser: string;
}

/** Filling in page numbers may, in theory, move what they count; it never did in 77 pages. */
const MOST_PASSES = 4;

/**
 * Prints in passes: one without pictures to learn the pages, then one with the numbers filled in, read back until they are true.
 * Throws ProblemError PRINT_FAILED when there is no browser, or REPORT_PAGES_UNSTABLE.
 */
export async function printPdf(request: PrintRequest): Promise<Printed> {
  const folder = await mkdtemp(join(tmpdir(), "constat-print-"));
  try {
    const address = await layOut(folder, request);
    const browser = await launch(request, folder);
    const stop = () => void browser.close().catch(() => {});
    request.signal.addEventListener("abort", stop, { once: true });
    try {
      return await printWith(browser, address, folder);
    } catch (cause) {
      if (request.signal.aborted) throw request.signal.reason;
      throw cause;
    } finally {
      request.signal.removeEventListener("abort", stop);
      await browser.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function layOut(folder: string, { html, files }: PrintRequest): Promise<string> {
  for (const [path, content] of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  const page = join(folder, "rapport.html");
  await writeFile(page, html);
  return pathToFileURL(page).href;
}

async function launch({ browserPath, signal }: PrintRequest, folder: string): Promise<Browser> {
  try {
    return await puppeteer.launch({
      executablePath: browserPath,
      headless: true,
      signal,
      userDataDir: join(folder, "profile"),
      // Chromium refuses its sandbox to root; it only sees our own page here.
      args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--font-render-hinting=none", "--disable-gpu"],
    });
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    throw new ProblemError(
      "PRINT_FAILED",
      `Le navigateur ${browserPath} ne démarre pas : ${(cause as Error).message}`,
      {
        scope: "environment",
        hint: "Lancez constat doctor : il dit comment obtenir un navigateur.",
        cause,
      },
    );
  }
}

async function printWith(browser: Browser, address: string, folder: string): Promise<Printed> {
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(false);
  await refuseNetwork(page, pathToFileURL(folder).href);
  await page.goto(address, { waitUntil: "load", timeout: 120_000 });
  await page.evaluate("document.fonts.ready.then(() => true)");
  await page.evaluate(`(${FILL_BROWSER})(${JSON.stringify(await browser.version())})`);
  await page.evaluate(FILL_EMPTY);
  const links = new Map((await page.evaluate(LINKS)) as readonly (readonly [string, string])[]);
  const headings = (await page.evaluate(HEADINGS)) as readonly string[];
  let expected = await readDestinations(await measure(page));
  for (let pass = 2; pass <= MOST_PASSES; pass += 1) {
    await writeNumbers(page, expected);
    const pdf = await page.pdf({ ...PAPER, tagged: true, outline: true });
    const found = await readDestinations(pdf);
    if (agree(expected, found)) return { pdf, pages: found.count, links, headings, browser: await browser.version() };
    expected = found;
  }
  throw new ProblemError("REPORT_PAGES_UNSTABLE", "Les numéros de page du rapport ne se stabilisent pas.", {
    scope: "internal",
    hint: "Signalez ce cas avec le dossier d’exécution.",
  });
}

const PAPER = { preferCSSPageSize: true, printBackground: true, waitForFonts: true, timeout: 0 } as const;

/** Only the files that were laid out are read; everything else is refused. */
async function refuseNetwork(page: Page, folder: string): Promise<void> {
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const allowed = request.url().startsWith(`${folder}/`) || request.url().startsWith("data:");
    void (allowed ? request.continue() : request.abort("blockedbyclient")).catch(() => {});
  });
}

/** The same layout without the cost of decoding pictures. */
async function measure(page: Page): Promise<Uint8Array> {
  await page.evaluate('document.documentElement.classList.add("measuring")');
  try {
    return await page.pdf({ ...PAPER, tagged: false, outline: false });
  } finally {
    await page.evaluate('document.documentElement.classList.remove("measuring")');
  }
}

/** Runs in the page, where the house's types do not reach. */
const FILL_CELLS = `(numbers) => {
  for (const cell of document.querySelectorAll("[data-page-of]")) cell.textContent = numbers[cell.dataset.pageOf] ?? "";
}`;

const FILL_BROWSER = `(version) => {
  for (const cell of document.querySelectorAll("[data-browser]")) cell.textContent = version.replace("/", " ");
}`;

/** The browser gives no tag to a cell in which nothing is drawn, and the row would then be short of a column. */
const FILL_EMPTY = `for (const cell of document.querySelectorAll("td, th")) {
  if (cell.textContent.trim() === "" && !cell.querySelector("img, svg, .page")) cell.append("\\u00a0");
}`;

/** The same place may be named several times; the first, in the table of contents, says most. */
const LINKS = `[...document.querySelectorAll("a[href]")].reverse().map((link) =>
  [link.getAttribute("href").startsWith("#") ? decodeURIComponent(link.hash) : link.href, link.textContent.replace(/\\s+/g, " ").trim()])`;

const HEADINGS = `[...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((heading) => heading.textContent.replace(/\\s+/g, " ").trim())`;

async function writeNumbers(page: Page, { pages }: Destinations): Promise<void> {
  await page.evaluate(`(${FILL_CELLS})(${JSON.stringify(Object.fromEntries(pages))})`);
}

function agree(a: Destinations, b: Destinations): boolean {
  return (
    a.count === b.count &&
    a.pages.size === b.pages.size &&
    [...a.pages].every(([name, page]) => b.pages.get(name) === page)
  );
}
