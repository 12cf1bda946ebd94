import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRun } from "../../../../engine/evidence/index.ts";
import { htmlFace } from "../../../../engine/report/html/html-face.ts";
import { pageScript } from "../../../../engine/report/html/page-script.ts";
import { buildReport, readTemplates } from "../../../../engine/report/index.ts";
import { readPictures } from "../../../../engine/report/picture-files.ts";
import { findBrowser } from "../../../../engine/transports/browser/index.ts";
import { bandsPng } from "../../../support/bands-png.ts";
import { keptFolder } from "../../../support/kept-folder.ts";
import { TEMPLATES } from "../../../support/read-report.ts";
import { sampleRun } from "../../../support/report-run.ts";
import { writeRunFolder } from "../../../support/run-folder.ts";
import type { StepSpec } from "../../../support/run-folder-spec.ts";

const root = keptFolder();
const SCROLLERS_REACHED =
  "[...document.querySelectorAll('table')].every((t) => t.scrollWidth <= t.clientWidth + 1 || t.tabIndex === 0)";
let browser: Browser;
let run: string;

beforeAll(async () => {
  const spec = await sampleRun(join(root(), "output"));
  const slow: StepSpec = {
    ...{ id: "lent", chapter: 2 },
    tries: [
      {
        sent: "sleep",
        output: Array.from({ length: 12 }, (_, at) => ["stdout", `\r\u001b[32métape ${at + 1}\u001b[0m`] as const),
      },
    ],
  };
  const [first, second] = spec.runbooks;
  if (first === undefined || second === undefined) throw new Error("two chapters expected");
  const text = `${second.text}\n\n## Essai\n\n\`\`\`bash {#lent .check on=pve1}\nsleep\n\`\`\`\n`;
  run = await writeRunFolder({ ...spec, runbooks: [first, { ...second, text }], steps: [...spec.steps, slow] });
  const executablePath = await findBrowser({ chosen: process.env["CONSTAT_BROWSER"], path: process.env["PATH"] });
  browser = await puppeteer.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
});

afterAll(() => browser?.close());

/** The page of the run as files in a folder of their own, with something done to its text. */
async function written(name: string, limitBytes = 40_000_000, touch = (page: string) => page): Promise<string> {
  const record = await openRun(run);
  const report = await buildReport(record);
  const [templates, script] = [await readTemplates(TEMPLATES), await pageScript(TEMPLATES)];
  const pictures = await readPictures(record, report);
  const { page, files } = await htmlFace({ record, report, templates, script, pictures, limitBytes });
  const folder = join(root(), name);
  for (const [path, content] of [["rapport.html", touch(page)], ...files] as const) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return join(folder, "rapport.html");
}

/** Opens it without any network and gives what it asked for and complained of. */
async function opened(file: string, script = true): Promise<{ readonly page: Page; readonly heard: string[] }> {
  const page = await browser.newPage();
  const heard: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith("data:")) heard.push(request.url().replace(pathToFileURL(dirname(file)).href, ""));
  });
  page.on("console", (message) => heard.push(message.text()));
  page.on("pageerror", (error) => heard.push(String(error)));
  await page.setJavaScriptEnabled(script);
  await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
  return { page, heard };
}

const texts = (page: Page, selector: string) =>
  page.$$eval(selector, (all) =>
    all.flatMap((each) => (each.checkVisibility() ? (each.textContent ?? "").trim() : [])),
  );

async function verify(page: Page, button: string): Promise<string> {
  await page.click("#verifier");
  await page.click(button);
  await page.waitForSelector("#verification-resultat ul");
  return page.$eval("#verification-resultat", (place) => place.textContent ?? "");
}

describe("the HTML report", () => {
  it("asks for nothing, breaks no rule of its policy and finds all its digests right", async () => {
    const { page, heard } = await opened(await written("whole"));
    const said = await verify(page, "#verifier-page");
    expect(said).toContain("Conforme au manifeste");
    expect(said).toMatch(/1 images réduites/);
    expect(heard).toEqual(["/rapport.html"]);
    expect(await page.$eval(".reduced", (mark) => mark.parentElement?.textContent)).toMatch(
      /réduite \(1600 × 900 px\u202f; l’empreinte est celle de l’original : [0-9a-f]{64}\)/u,
    );
    await page.close();
  });

  it.each([
    [
      "an output",
      (page: string) =>
        page.replace("corosync_votequorum\\nNodes:            3", "corosync_votequorum\\nNodes:            4"),
    ],
    [
      "a figure",
      (page: string) =>
        page.replace(/(data:image\/png;base64,[^"]{4000})(.)/, (_all, head, sign) => head + (sign === "A" ? "B" : "A")),
    ],
  ])("tells %s that was changed", async (_name, touch) => {
    const file = await written("touched", undefined, touch);
    const { page } = await opened(file);
    const said = await verify(page, "#verifier-page");
    expect(said).toContain("NON CONFORME");
    expect(said).toMatch(/Empreinte différente\s: /);
    await page.close();
  });

  it("checks the run's own folder: every file, and the chain of its journal", async () => {
    const { page } = await opened(await written("folder-check"));
    await page.click("#verifier");
    const says = async () => {
      const input = await page.$("#verifier-dossier");
      await (input as unknown as { uploadFile: (path: string) => Promise<void> }).uploadFile(data);
      await page.waitForSelector("#verification-resultat ul");
      const said = await page.$eval("#verification-resultat", (place) => place.textContent ?? "");
      await page.$eval("#verification-resultat", (place) => place.replaceChildren());
      return said;
    };
    const data = join(root(), "chosen", "data");
    await cp(join(run, "data"), data, { recursive: true });
    const whole = await says();
    expect(whole).toMatch(/^Conforme/);
    expect(whole).toContain("finit sur la tête imprimée");
    const journal = await readFile(join(data, "journal.jsonl"), "utf8");
    await writeFile(join(data, "journal.jsonl"), journal.replace('"user":"cleo"', '"user":"alex"'));
    await rm(join(data, "terminal", "bloc-001.out"));
    const broken = await says();
    expect(broken).toContain("rompue à la ligne 2");
    expect(broken).toContain("Pièce absente\u00a0: terminal/bloc-001.out");
    await page.close();
  });

  it("filters by status, kind and node, finds words in folded outputs without their accents, and has an address for it", async () => {
    const { page } = await opened(await written("filters"));
    await page.select("#filtre-statut", "failed");
    await page.waitForFunction('document.querySelector("#resultat")?.textContent !== ""');
    expect(await texts(page, ".block-id")).toEqual(["etat-web"]);
    expect(page.url()).toMatch(/#\?statut=failed$/);
    await page.click("#filtres button");
    await page.waitForFunction('document.querySelector("#resultat")?.textContent === ""');
    expect((await texts(page, ".block-id")).length).toBeGreaterThan(10);
    await page.type("#recherche", "UNPACKING PACKAGE-300 ");
    await page.keyboard.press("Enter");
    await page.waitForFunction('document.querySelector("#rang")?.textContent === "1 sur 1"');
    expect(await texts(page, ".block-id")).toEqual(["paquets"]);
    expect(await page.$$eval("details.fold[open]", (all) => all.length)).toBe(1);
    await page.close();
    const again = await browser.newPage();
    await again.goto(`${pathToFileURL(join(root(), "filters", "rapport.html")).href}#?noeud=pve2&nature=shell`);
    expect(await texts(again, ".block-id")).toEqual(["versions", "adresses"]);
    await again.evaluate('location.hash = "#bloc-paquets"');
    await again.waitForFunction('document.querySelector("#resultat")?.textContent === ""');
    await again.close();
  });

  it("replays an output that came slowly, gives its original bytes, and enlarges a figure by keyboard", async () => {
    const { page } = await opened(await written("replay"));
    const press = (text: string) =>
      page.$$eval(
        ".terminal-tools button",
        (all, wanted) => (all.find((each) => each.textContent === wanted) as { click(): void } | undefined)?.click(),
        text,
      );
    await press("Rejouer");
    await page.waitForFunction('document.querySelector(".replay pre")?.textContent?.includes("étape 12") === true');
    await page.$eval(".replay input", (slider) => {
      (slider as unknown as { value: string }).value = "0";
      slider.dispatchEvent(new Event("input"));
    });
    expect(await page.$eval(".replay pre", (screen) => screen.textContent?.trim())).toBe("étape 1");
    expect(await page.$eval(".replay pre .l span", (piece) => piece.className)).toBe("f2");
    await page.focus("button.zoom");
    await page.keyboard.press("Enter");
    expect(await page.$eval("#loupe", (lens) => (lens as unknown as { open: boolean }).open)).toBe(true);
    const first = await page.$eval(".lens-caption", (caption) => caption.textContent);
    await page.keyboard.press("ArrowRight");
    expect(await page.$eval(".lens-caption", (caption) => caption.textContent)).not.toBe(first);
    await page.keyboard.press("Escape");
    expect(await page.evaluate("document.activeElement.className")).toBe("zoom");
    await page.close();
  });

  it("is judged without a serious fault by axe-core, light, dark and narrow", async () => {
    const { page } = await opened(await written("axe"));
    const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    await page.evaluate(axe);
    for (const [value, width] of [
      ["light", 1200],
      ["dark", 1200],
      ["dark", 400],
    ] as const) {
      await page.setViewport({ width, height: 800 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);
      await page.waitForFunction(SCROLLERS_REACHED);
      const serious = await page.evaluate(
        `axe.run(document).then(({ violations }) => violations
          .filter(({ impact }) => impact === "serious" || impact === "critical")
          .map(({ id, nodes }) => id + ": " + nodes[0].html))`,
      );
      expect(serious, `${value} ${width}`).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    }
    await page.close();
  });

  it("reads without JavaScript: all blocks are there, and no tool that would not work", async () => {
    const { page, heard } = await opened(await written("plain"), false);
    expect(heard).toEqual(["/rapport.html"]);
    expect((await texts(page, ".block-id")).length).toBeGreaterThan(10);
    expect(await texts(page, "button, select, dialog")).toEqual([]);
    expect(await page.$$eval("img", (all) => all.length)).toBeGreaterThan(0);
    await page.close();
  });

  it("becomes a page with its pictures beside it above the limit, whole and unreduced", async () => {
    const file = await written("heavy", 100_000);
    const { page, heard } = await opened(file);
    expect(heard.filter((line) => line.endsWith(".png")).length).toBeGreaterThan(0);
    expect(heard.filter((line) => !/^\/(?:rapport\.html|figures\/[^ ]*\.png)$/.test(line))).toEqual([]);
    expect(
      await page.$$eval("img[data-path]", (all) =>
        all.every((image) => (image as unknown as { naturalWidth: number }).naturalWidth > 0),
      ),
    ).toBe(true);
    expect(await page.$$(".reduced")).toHaveLength(0);
    const said = await verify(page, "#verifier-page");
    expect(said).toMatch(/Conforme.*images sont dans des fichiers à côté/s);
    expect(
      (
        await readFile(
          join(dirname(file), "figures", (heard.find((line) => line.endsWith(".png")) ?? "").split("/").at(-1) ?? ""),
        )
      ).equals(bandsPng(3200, 1800)),
    ).toBe(true);
    await page.close();
  });
});
