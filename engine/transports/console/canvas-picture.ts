import type { ElementHandle, Page } from "puppeteer-core";
import { type Raster, readRaster } from "./raster.ts";

/**
 * What a page's first canvas shows: its own pixels where it gives them, else a photograph of it, or of the page when there is none. The page's
 * canvas is only ever drawn from: to ask it for a context would decide for the page which kind it may have.
 */
export async function canvasPicture(page: Page): Promise<Raster> {
  const data = await page.evaluate(ownPixels);
  if (data !== undefined) return readRaster(Buffer.from(data, "base64"));
  const canvas = await page.$("canvas");
  return await photograph(canvas ?? page);
}

/** Whether the page's canvas shows more than one colour. */
export async function isPainted(page: Page): Promise<boolean> {
  if ((await page.evaluate(ownPixels)) !== undefined) return true;
  const canvas = await page.$("canvas");
  // A notice in front of a blank screen is no screen.
  if (canvas === null || !(await page.evaluate(isUncovered))) return false;
  const { rgb } = await photograph(canvas);
  return rgb.some((value, index) => value !== rgb[index % 3]);
}

async function photograph(what: Page | ElementHandle): Promise<Raster> {
  return readRaster(Buffer.from(await what.screenshot({ type: "png" })));
}

interface CanvasLike {
  width: number;
  height: number;
  toDataURL(type: string): string;
  getBoundingClientRect(): { x: number; y: number; width: number; height: number };
  getContext(
    kind: "2d",
    options: { willReadFrequently: boolean },
  ): {
    drawImage(from: CanvasLike, x: number, y: number): void;
    getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray };
  } | null;
}

declare const document: {
  querySelector(selector: "canvas"): CanvasLike | null;
  createElement(tag: "canvas"): CanvasLike;
  elementFromPoint(x: number, y: number): unknown;
};

/**
 * Runs in the page: the canvas's pixels as PNG, by way of a canvas of our own; undefined when they are of one colour or are refused. What
 * WebGL has drawn is gone from its canvas as soon as it is shown, and reads as blank.
 */
function ownPixels(): string | undefined {
  try {
    const canvas = document.querySelector("canvas");
    if (canvas === null) return undefined;
    const { width, height } = canvas;
    const copy = Object.assign(document.createElement("canvas"), { width, height });
    const context = copy.getContext("2d", { willReadFrequently: true });
    if (context === null) return undefined;
    context.drawImage(canvas, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
    if (pixels.every((pixel) => pixel === pixels[0])) return undefined;
    return copy.toDataURL("image/png").split(",")[1];
  } catch {
    return undefined;
  }
}

/** Runs in the page: nothing lies over the middle of the canvas. */
function isUncovered(): boolean {
  const canvas = document.querySelector("canvas");
  if (canvas === null) return false;
  const { x, y, width, height } = canvas.getBoundingClientRect();
  return document.elementFromPoint(x + width / 2, y + height / 2) === canvas;
}
