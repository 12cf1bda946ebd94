import type { Page } from "puppeteer-core";
import type { BrowserSpec } from "../../model/browser-spec.ts";
import type { PageRect } from "./page/ext-types.ts";
import type { PageBox, PageSpot, PageWindow, Want } from "./page/page-types.ts";

declare const window: PageWindow;
declare const requestAnimationFrame: (callback: () => void) => void;

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

/** Takes the picture, and notes where each highlight stands; the page is not touched. */
export async function takePicture(
  page: Page,
  want: Want,
  spec: Pick<BrowserSpec, "crop" | "padding" | "highlight">,
): Promise<Picture> {
  const place = await placeOf(page, want, spec);
  const missing: string[] = [];
  const frame = frameOf(place, spec, missing);
  const marks: Mark[] = [];
  for (const [index, spot] of spec.highlight.entries()) {
    const boxes = place.spots[index] ?? [];
    if (boxes.length === 0) missing.push(`rien à désigner pour ${JSON.stringify(spot)}`);
    const number = String(index + 1);
    for (const box of boxes) marks.push({ box, text: spot.label === undefined ? number : `${number} · ${spot.label}` });
  }
  const png = await page.screenshot({ type: "png", optimizeForSpeed: true, captureBeyondViewport: false, clip: frame });
  return { png: Buffer.from(png), marks, frame, written: marks.length === 0 ? [] : place.written, missing };
}

interface Place {
  readonly inner: { readonly width: number; readonly height: number };
  /** Undefined for the whole page, null when what is to be cropped to is not there. */
  readonly crop: PageBox | null | undefined;
  readonly spots: readonly (readonly PageBox[])[];
  readonly written: readonly PageRect[];
}

/** Where everything stands that the picture is about, two frames after the last of it was brought into sight: then it is painted. */
async function placeOf(
  page: Page,
  want: Want,
  { crop, highlight }: Pick<BrowserSpec, "crop" | "highlight">,
): Promise<Place> {
  return await page.evaluate(
    async (w, spots, spot) => {
      const library = window.__constat;
      // Looking for a place may scroll to it, so all are looked for once before any is measured.
      for (const each of spots) library.boxes(w, each);
      const cropped = spot === undefined ? undefined : (library.boxes(w, spot)[0] ?? null);
      await new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
      return {
        inner: { width: window.innerWidth, height: window.innerHeight },
        crop: cropped,
        spots: spots.map((each) => library.boxes(w, each)),
        written: spots.length === 0 ? [] : library.written(),
      };
    },
    want,
    highlight,
    cropSpot(crop, want),
  );
}

/** Width and height of a PNG: they stand at a fixed place of the file's first chunk. */
export function pngSize(png: Buffer): { readonly width: number; readonly height: number } {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

function cropSpot(crop: BrowserSpec["crop"], want: Want): PageSpot | undefined {
  if (crop === "page") return undefined;
  if (crop === "content") return { selector: want.type === "page" ? "main, body" : "#content" };
  if (crop !== "window") return { selector: crop.selector };
  return { component: want.type === "dialog" || want.type === "login" ? want.window : "window" };
}

function frameOf(
  { inner, crop: box }: Place,
  { crop, padding }: Pick<BrowserSpec, "crop" | "padding">,
  missing: string[],
): PageBox {
  const whole = { x: 0, y: 0, ...inner };
  if (box === undefined) return whole;
  if (box === null) {
    missing.push(`rien à cadrer pour ${JSON.stringify(crop)}`);
    return whole;
  }
  const left = Math.max(0, Math.floor(box.x - padding));
  const top = Math.max(0, Math.floor(box.y - padding));
  const right = Math.min(inner.width, Math.ceil(box.x + box.width + padding));
  const bottom = Math.min(inner.height, Math.ceil(box.y + box.height + padding));
  return { x: left, y: top, width: right - left, height: bottom - top };
}
