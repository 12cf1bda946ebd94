import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findBrowser } from "../../../../engine/transports/browser/index.ts";
import { canvasPicture, isPainted } from "../../../../engine/transports/console/canvas-picture.ts";
import type { Raster } from "../../../../engine/transports/console/raster.ts";

/** Red, with a green square at the upper left; `0,0` counts from below in WebGL. */
const DRAW_WEBGL = `
  const gl = canvas.getContext("webgl");
  const fill = (red, green) => { gl.clearColor(red, green, 0, 1); gl.clear(gl.COLOR_BUFFER_BIT); };
  fill(1, 0);
  gl.enable(gl.SCISSOR_TEST);
  gl.scissor(0, 38, 10, 10);
  fill(0, 1);`;
const DRAW_2D = `
  const two = canvas.getContext("2d");
  two.fillStyle = "rgb(255 0 0)"; two.fillRect(0, 0, 64, 48);
  two.fillStyle = "rgb(0 255 0)"; two.fillRect(0, 0, 10, 10);`;
const NOTICE = '<p style="position:absolute;top:0;left:0;width:64px;height:48px;margin:0">En cours</p>';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await puppeteer.launch({
    executablePath: await findBrowser({ chosen: process.env["CONSTAT_BROWSER"], path: process.env["PATH"] }),
    args: ["--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
  });
});
afterAll(() => browser.close());
beforeEach(async () => {
  page = await browser.newPage();
});
afterEach(() => page.close());

/** A console page that runs this script when `start()` is called; `over` lies on its canvas. */
async function show(script: string, over = ""): Promise<void> {
  await page.setContent(`<body style="margin:0"><canvas style="display:block" width="64" height="48"></canvas>${over}
    <script>const canvas = document.querySelector("canvas"); function start() { ${script} }</script>`);
}

/** Draws, and lets what was drawn be shown: from then on a WebGL canvas gives nothing. */
async function start(): Promise<void> {
  await page.evaluate(
    "start(); new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(shown))))",
  );
}

function colourAt({ rgb, width }: Raster, x: number, y: number): readonly number[] {
  return [...rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
}

describe("the canvas of a console page", () => {
  it.each([
    ["WebGL", DRAW_WEBGL],
    ["2d", DRAW_2D],
  ])("may still get the context %s after it was looked at, and is read as it shows", async (_, script) => {
    await show(script);
    expect(await isPainted(page)).toBe(false);
    const { width, height } = await canvasPicture(page);
    expect([width, height]).toEqual([64, 48]);
    await start();
    expect(await isPainted(page)).toBe(true);
    const shown = await canvasPicture(page);
    expect([colourAt(shown, 2, 2), colourAt(shown, 40, 40)]).toEqual([
      [0, 255, 0],
      [255, 0, 0],
    ]);
  });

  it("is not painted while a notice lies over it, though that has two colours", async () => {
    await show(DRAW_2D, NOTICE);
    expect(await isPainted(page)).toBe(false);
    await start();
    expect(await isPainted(page)).toBe(true);
    // What is read is the screen without the notice.
    const { rgb } = await canvasPicture(page);
    expect(new Set(Array.from({ length: 64 * 48 }, (_, at) => rgb.subarray(at * 3, at * 3 + 3).join())).size).toBe(2);
  });

  it("that the page does not have is not painted", async () => {
    await page.setContent("<p>Rien</p>");
    expect(await isPainted(page)).toBe(false);
  });
});
