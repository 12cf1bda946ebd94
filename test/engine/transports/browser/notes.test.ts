import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser } from "../../../../engine/transports/browser/find-browser.ts";
import { launchBrowser, type WarmBrowser } from "../../../../engine/transports/browser/launch-browser.ts";
import { PAGE_LIBRARY } from "../../../../engine/transports/browser/page/page-library.ts";
import type { PageBox, PageWindow } from "../../../../engine/transports/browser/page/page-types.ts";

declare const window: PageWindow;

/** A table's rows, one under the other. */
const row = (index: number): PageBox => ({ x: 100, y: 100 + 25 * index, width: 800, height: 25 });
const field = (index: number): PageBox => ({ x: 100, y: 300 + 40 * index, width: 300, height: 28 });

describe("the notes of a picture", () => {
  let warm: WarmBrowser;
  let page: Page;
  beforeAll(async () => {
    const inventory = { nodes: [], guard: "loopback" as const };
    warm = await launchBrowser({ inventory, keys: [], language: "fr", executable: await findBrowser() });
    page = await warm.browser.newPage();
    await page.setViewport({ width: 1000, height: 600 });
  });
  afterAll(() => warm.close());

  it.each([
    ["in its own row, of two that touch", [row(0), row(1)], [], ["within", "within"]],
    ["above a field", [field(0)], [], ["above"]],
    [
      "beside what is written at the end of a row",
      [row(0)],
      [{ left: 780, top: 105, width: 118, height: 15 }],
      ["above"],
    ],
  ])("stand %s", async (_where, boxes, written, expected) => {
    await page.setContent('<body style="margin:0"></body>');
    await page.evaluate(PAGE_LIBRARY);
    const notes = await page.evaluate(
      (marks, texts) => {
        window.__constat.highlight(marks, { x: 0, y: 0, width: 1000, height: 600 }, texts);
        const drawn = [...window.document.querySelectorAll(".constat-overlay")];
        return drawn.filter(({ textContent }) => textContent !== "").map((note) => note.getBoundingClientRect().top);
      },
      boxes.map((box, index) => ({ box, text: `${index + 1} · Nœud` })),
      written,
    );
    const places = notes.map((top, index) => {
      const { y = 0, height = 0 } = boxes[index] ?? {};
      return top + 20 <= y ? "above" : top >= y + height ? "below" : "within";
    });
    expect(places).toEqual(expected);
  });
});
