import type { Page } from "puppeteer-core";
import type { Clock } from "../../base/clock.ts";
import type { BrowserSpec } from "../../model/browser-spec.ts";
import type { PageBox, PageWindow, Want } from "./page/page-types.ts";

declare const window: PageWindow;
declare const requestAnimationFrame: (callback: () => void) => void;

const REST_MS = 150;
export const DEFAULT_VIEWPORT = { width: 1600, height: 1200 } as const;

export interface Picture {
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
  /** Where each highlight stands on the page, in CSS pixels. */
  readonly marks: readonly { readonly box: PageBox; readonly text: string }[];
  /** What could not be found to point at or to crop to. */
  readonly missing: readonly string[];
}

/** Two frames, so that what was changed is painted, then a moment for what follows a paint. */
export async function rest(page: Page, clock: Clock, signal: AbortSignal): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
  await clock.sleep(REST_MS, signal);
}

/** Points at things and takes the picture; the page is as before afterwards. */
export async function takePicture(
  page: Page,
  want: Want,
  spec: Pick<BrowserSpec, "crop" | "padding" | "highlight">,
  clock: Clock,
  signal: AbortSignal,
): Promise<Picture> {
  const missing: string[] = [];
  const marks: { box: PageBox; text: string }[] = [];
  for (const [index, spot] of spec.highlight.entries()) {
    const boxes = await page.evaluate((w, s) => window.__constat.boxes(w, s), want, spot);
    if (boxes.length === 0) missing.push(`rien à désigner pour ${JSON.stringify(spot)}`);
    const number = String(index + 1);
    for (const box of boxes) marks.push({ box, text: spot.label === undefined ? number : `${number} · ${spot.label}` });
  }
  const clip = await clipOf(page, want, spec, missing);
  try {
    const inner = await page.evaluate(() => ({ x: 0, y: 0, width: window.innerWidth, height: window.innerHeight }));
    await page.evaluate((m, b) => window.__constat.highlight(m, b), marks, clip ?? inner);
    await rest(page, clock, signal);
    const png = Buffer.from(
      await page.screenshot({
        type: "png",
        optimizeForSpeed: true,
        captureBeyondViewport: false,
        ...(clip === undefined ? {} : { clip }),
      }),
    );
    // The size stands at a fixed place of the file's first chunk.
    return { png, width: png.readUInt32BE(16), height: png.readUInt32BE(20), marks, missing };
  } finally {
    await page.evaluate(() => window.__constat.unhighlight());
  }
}

async function clipOf(
  page: Page,
  want: Want,
  { crop, padding }: Pick<BrowserSpec, "crop" | "padding">,
  missing: string[],
): Promise<PageBox | undefined> {
  if (crop === "page") return undefined;
  const spot =
    crop === "content"
      ? { selector: want.type === "page" ? "main, body" : "#content" }
      : crop === "window"
        ? { component: want.type === "dialog" || want.type === "login" ? want.window : "window" }
        : { selector: crop.selector };
  const [box] = await page.evaluate((w, s) => window.__constat.boxes(w, s), want, spot);
  if (box === undefined) {
    missing.push(`rien à cadrer pour ${JSON.stringify(crop)}`);
    return undefined;
  }
  const inner = await page.evaluate(() => ({ width: window.innerWidth, height: window.innerHeight }));
  const left = Math.max(0, Math.floor(box.x - padding));
  const top = Math.max(0, Math.floor(box.y - padding));
  const right = Math.min(inner.width, Math.ceil(box.x + box.width + padding));
  const bottom = Math.min(inner.height, Math.ceil(box.y + box.height + padding));
  return { x: left, y: top, width: right - left, height: bottom - top };
}
