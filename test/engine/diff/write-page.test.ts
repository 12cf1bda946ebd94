import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { beforeAll, describe, expect, it } from "vitest";
import { type ComparedRun, compareRuns, type RunDifference, writePage } from "../../../engine/diff/index.ts";
import { findBrowser } from "../../../engine/transports/browser/index.ts";
import { bandsPng } from "../../support/bands-png.ts";
import { type DiffSpec, plainOptions, printed, writtenRun } from "../../support/diff-runs.ts";
import { keptFolder } from "../../support/kept-folder.ts";
import { TEMPLATES } from "../../support/read-report.ts";

const root = keptFolder();
const EVIL = `<script>document.title="pris"</script><img src=x onerror="document.title='pris'">{{step}}&amp;</td>`;
let before: ComparedRun;
let after: ComparedRun;
let difference: RunDifference;

const spec = (seed: number, text: string): DiffSpec => ({
  steps: [
    {
      id: "vue",
      kind: "browser",
      chapter: 3,
      fills: "3-vue",
      tries: [
        {
          sent: EVIL + seed,
          picture: { png: bandsPng(240, 160, seed), alternative: EVIL },
          pieces: { rows: `{"a":${JSON.stringify(text)}}` },
        },
      ],
    },
    printed("sortie", `égal\n${text}\n`),
    printed("cache", `a\u202e${text}\u0007\n`),
  ],
  placeholders: [{ id: "3-vue", caption: `vue ${EVIL}`, chapter: 3, candidates: ["vue"], chosen: "vue" }],
});

beforeAll(async () => {
  before = await writtenRun(root(), "avant", spec(0, `un ${EVIL}`));
  after = await writtenRun(root(), "apres", spec(4, `deux ${EVIL}`));
  const damage = [{ rule: "journal-chain", severity: "error", subject: EVIL, text: EVIL, remedy: "" }] as const;
  difference = await compareRuns({ ...before, damage }, after, plainOptions());
});

const write = (path: string) =>
  writePage(difference, {
    path,
    templatesFolder: TEMPLATES,
    engine: "0.1.0",
    before: before.record,
    after: after.record,
  });

describe("writePage()", () => {
  it("writes the same bytes each time, whole, and nothing else", async () => {
    const [one, other] = [await write(join(root(), "pages/un.html")), await write(join(root(), "pages/deux.html"))];
    expect((await readFile(one)).equals(await readFile(other))).toBe(true);
    expect((await readdir(join(root(), "pages"))).sort()).toEqual(["deux.html", "un.html"]);
  });

  it("shows old, new and overlay in a browser that is given no script, no network and nothing but text by what a machine answered", async () => {
    const path = await write(join(root(), "page.html"));
    const executablePath = await findBrowser({ chosen: process.env["CONSTAT_BROWSER"], path: process.env["PATH"] });
    const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox"] });
    try {
      const page = await browser.newPage();
      const said: string[] = [];
      page.on("console", (message) => said.push(message.text()));
      page.on("request", (request) => {
        if (!/^(?:file|data):/.test(request.url())) said.push(request.url());
      });
      await page.goto(`file://${path}`, { waitUntil: "load" });
      const seen = (await page.evaluate(`({
        title: document.title,
        scripts: document.scripts.length,
        panes: [...document.querySelectorAll("figcaption")].map(({ textContent }) => textContent),
        widths: [...document.images].map(({ naturalWidth }) => naturalWidth),
        text: document.body.textContent,
        wide: document.documentElement.scrollWidth <= document.documentElement.clientWidth,
      })`)) as { readonly text: string };
      expect(said).toEqual([]);
      expect(seen).toMatchObject({
        title: "Comparaison de avant et apres",
        scripts: 0,
        panes: ["Ancienne", "Nouvelle", "Superposition"],
        widths: [240, 240, 240],
        wide: true,
      });
      expect(seen.text).toContain(`deux ${EVIL}`);
      expect(seen.text).toContain("‹U+202E›");
      expect(seen.text).toContain("Preuves abîmées");
    } finally {
      await browser.close();
    }
  });

  it("says of itself that it runs nothing and fetches nothing", async () => {
    const html = await readFile(await write(join(root(), "page.html")), "utf8");
    expect(html).toMatch(
      /http-equiv="Content-Security-Policy" content="default-src &#x27;none&#x27;; style-src &#x27;sha256-[^"]+; img-src data:; base-uri &#x27;none&#x27;; form-action &#x27;none&#x27;"/,
    );
    expect(html).not.toMatch(/<script|<link|<iframe|style="|\son\w+="/);
  });

  it.each(["avant", "apres"])("is never written into a run's folder (%s)", async (run) => {
    await expect(write(join(root(), run, "data/page.html"))).rejects.toMatchObject({ code: "DIFF_INSIDE_RUN" });
    await expect(write(join(root(), run, "page.html"))).rejects.toMatchObject({ code: "DIFF_INSIDE_RUN" });
    await expect(write(join(root(), run, "un/deux/page.html"))).rejects.toMatchObject({ code: "DIFF_INSIDE_RUN" });
    expect(await readdir(join(root(), run))).toEqual(["data"]);
  });

  it("says where it could not be written", async () => {
    const file = await write(join(root(), "page.html"));
    await expect(write(join(file, "page.html"))).rejects.toMatchObject({ code: "DIFF_WRITE_FAILED" });
  });
});
