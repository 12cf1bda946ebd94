import type { Pixels } from "./png-picture.ts";
import type { Region } from "./regions.ts";

/** How much of the picture's darkness stays, so that it is recognised and does not compete. */
const PALE = 0.28;
const CHANGED = [214, 20, 60] as const;
const FRAME = [255, 140, 0] as const;
/** Frames stand off from what they frame, thick enough to be found on a screen of 3600 pixels shown small. */
const DISTANCE = 8;

/** The picture pale, differing pixels in red, each region in an orange frame; beyond the picture, white. */
export function drawOverlay(
  picture: Pixels,
  mask: Uint8Array,
  regions: readonly Region[],
  { width, height }: { readonly width: number; readonly height: number },
): Pixels {
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      if (mask[at] !== 0) data.set(CHANGED, at * 4);
      else if (x < picture.width && y < picture.height) {
        const grey = paleOf(picture.data, (y * picture.width + x) * 4);
        data[at * 4] = grey;
        data[at * 4 + 1] = grey;
        data[at * 4 + 2] = grey;
      }
    }
  }
  const thickness = Math.max(2, Math.round(width / 700));
  for (const region of regions) frame(data, region, { width, height }, thickness);
  return { width, height, data };
}

function paleOf(data: Uint8Array, at: number): number {
  const light = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
  const seen = 255 - ((255 - light) * (data[at + 3] ?? 255)) / 255;
  return Math.round(255 - (255 - seen) * PALE);
}

function frame(
  data: Uint8Array,
  region: Region,
  { width, height }: { readonly width: number; readonly height: number },
  thickness: number,
): void {
  const left = Math.max(0, region.x - DISTANCE - thickness);
  const top = Math.max(0, region.y - DISTANCE - thickness);
  const right = Math.min(width, region.x + region.width + DISTANCE + thickness);
  const bottom = Math.min(height, region.y + region.height + DISTANCE + thickness);
  const fill = (x0: number, y0: number, x1: number, y1: number): void => {
    for (let y = Math.max(0, y0); y < Math.min(height, y1); y += 1)
      for (let x = Math.max(0, x0); x < Math.min(width, x1); x += 1) data.set(FRAME, (y * width + x) * 4);
  };
  fill(left, top, right, top + thickness);
  fill(left, bottom - thickness, right, bottom);
  fill(left, top, left + thickness, bottom);
  fill(right - thickness, top, right, bottom);
}
