import type { Page } from "puppeteer-core";
import type { Clock } from "../../base/clock.ts";
import type { BrowserSpec } from "../../model/browser-spec.ts";
import type { PageRect } from "./page/ext-types.ts";
import type { PageBox, PageWindow, Want } from "./page/page-types.ts";

declare const window: PageWindow;
declare const requestAnimationFrame: (callback: () => void) => void;

const REST_MS = 150;
export const DEFAULT_VIEWPORT = { width: 1600, height: 1200 } as const;

/** A frame with its note, in CSS pixels of the page. */
export interface Mark {
  readonly box: PageBox;
  readonly text: string;
}

/** A page as it was, and where to point at on it. */
export interface Picture {
  /** Nothing is drawn on it. */
  readonly png: Buffer;
  readonly marks: readonly Mark[];
  /** The part of the page that is on the picture. */
  readonly frame: PageBox;
  /** Where something is written, so that notes do not hide it; empty when nothing is pointed at. */
  readonly written: readonly PageRect[];
  /** What could not be found to point at or to crop to. */
  readonly missing: readonly string[];
}

/** Two frames, so that what was changed is painted, then a moment for what follows a paint. */
export async function rest(page: Page, clock: Clock, signal: AbortSignal): Promise<void> {
  await paint(page);
  await clock.sleep(REST_MS, signal);
}

async function paint(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}

/** Takes the picture, and notes where each highlight stands; the page is not touched. */
export async function takePicture(
  page: Page,
  want: Want,
  spec: Pick<BrowserSpec, "crop" | "padding" | "highlight">,
): Promise<Picture> {
  const missing: string[] = [];
  // Looking for a place may scroll to it, so all are looked for once before any is measured.
  for (const spot of spec.highlight) await page.evaluate((w, s) => window.__constat.boxes(w, s), want, spot);
  const frame = await frameOf(page, want, spec, missing);
  await paint(page);
  const marks: Mark[] = [];
  for (const [index, spot] of spec.highlight.entries()) {
    const boxes = await page.evaluate((w, s) => window.__constat.boxes(w, s), want, spot);
    if (boxes.length === 0) missing.push(`rien à désigner pour ${JSON.stringify(spot)}`);
    const number = String(index + 1);
    for (const box of boxes) marks.push({ box, text: spot.label === undefined ? number : `${number} · ${spot.label}` });
  }
  const written = marks.length === 0 ? [] : await page.evaluate(() => window.__constat.written());
  const png = await page.screenshot({ type: "png", optimizeForSpeed: true, captureBeyondViewport: false, clip: frame });
  return { png: Buffer.from(png), marks, frame, written, missing };
}

/** Width and height of a PNG: they stand at a fixed place of the file's first chunk. */
export function pngSize(png: Buffer): { readonly width: number; readonly height: number } {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

async function frameOf(
  page: Page,
  want: Want,
  { crop, padding }: Pick<BrowserSpec, "crop" | "padding">,
  missing: string[],
): Promise<PageBox> {
  const inner = await page.evaluate(() => ({ width: window.innerWidth, height: window.innerHeight }));
  const whole = { x: 0, y: 0, ...inner };
  if (crop === "page") return whole;
  const spot =
    crop === "content"
      ? { selector: want.type === "page" ? "main, body" : "#content" }
      : crop === "window"
        ? { component: want.type === "dialog" || want.type === "login" ? want.window : "window" }
        : { selector: crop.selector };
  const [box] = await page.evaluate((w, s) => window.__constat.boxes(w, s), want, spot);
  if (box === undefined) {
    missing.push(`rien à cadrer pour ${JSON.stringify(crop)}`);
    return whole;
  }
  const left = Math.max(0, Math.floor(box.x - padding));
  const top = Math.max(0, Math.floor(box.y - padding));
  const right = Math.min(inner.width, Math.ceil(box.x + box.width + padding));
  const bottom = Math.min(inner.height, Math.ceil(box.y + box.height + padding));
  return { x: left, y: top, width: right - left, height: bottom - top };
}
