import pixelmatch from "pixelmatch";
import { drawOverlay } from "./draw-overlay.ts";
import { type Pixels, readPicture, writePicture } from "./png-picture.ts";
import { reduce } from "./reduce.ts";
import { type Region, regionsOf } from "./regions.ts";

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export type PictureDifference =
  | { readonly status: "identical" }
  /** One of them cannot be read as pixels; `reason` is French. Their bytes differ. */
  | { readonly status: "uncompared"; readonly reason: string }
  | {
      readonly status: "compared";
      readonly before: PictureSize;
      readonly after: PictureSize;
      /** Differing pixels, anti-aliasing apart; what only one picture covers counts. */
      readonly pixels: number;
      /** Of all pixels that either picture covers, 0 to 1. */
      readonly share: number;
      /** Where they are, the largest first, in pixels of the compared pictures. */
      readonly regions: readonly Region[];
      /** PNG: the newer picture pale, what differs in red, framed by region; null when no pixel differs. */
      readonly overlay: Buffer | null;
    };

export interface PictureOptions {
  /** How far two colours may be apart, 0 to 1. */
  readonly threshold: number;
  /** Pixels of each picture for one CSS pixel: pictures of two densities are compared at the lower one. */
  readonly scales?: readonly [number, number] | undefined;
}

/** What differs between two pictures, pixel by pixel. */
export function comparePictures(
  before: Buffer,
  after: Buffer,
  { threshold, scales = [1, 1] }: PictureOptions,
): PictureDifference {
  if (before.equals(after)) return { status: "identical" };
  const [one, other] = [readPicture(before), readPicture(after)];
  if ("unreadable" in one) return { status: "uncompared", reason: `ancienne : ${one.unreadable}` };
  if ("unreadable" in other) return { status: "uncompared", reason: `nouvelle : ${other.unreadable}` };
  const [old, now] = alikeDense(one, other, scales);
  const width = Math.max(old.width, now.width);
  const height = Math.max(old.height, now.height);
  const { mask, pixels } = differing(old, now, threshold);
  const regions = regionsOf(mask, width, height);
  return {
    status: "compared",
    before: { width: one.width, height: one.height },
    after: { width: other.width, height: other.height },
    pixels,
    share: pixels / (width * height),
    regions,
    overlay: pixels === 0 ? null : writePicture(drawOverlay(now, mask, regions, { width, height })),
  };
}

function alikeDense(one: Pixels, other: Pixels, [first, second]: readonly [number, number]): readonly [Pixels, Pixels] {
  const ratio = first / second;
  if (Number.isInteger(ratio) && ratio > 1) return [reduce(one, ratio), other];
  if (Number.isInteger(1 / ratio) && ratio < 1) return [one, reduce(other, 1 / ratio)];
  return [one, other];
}

/** One byte a pixel of the area that both cover together: 1 where they differ. */
function differing(
  old: Pixels,
  now: Pixels,
  threshold: number,
): { readonly mask: Uint8Array; readonly pixels: number } {
  const width = Math.max(old.width, now.width);
  const height = Math.max(old.height, now.height);
  const common = { width: Math.min(old.width, now.width), height: Math.min(old.height, now.height) };
  const drawn = new Uint8Array(common.width * common.height * 4);
  let pixels = pixelmatch(crop(old, common), crop(now, common), drawn, common.width, common.height, {
    threshold,
    diffMask: true,
  });
  const mask = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (x < common.width && y < common.height) {
        if (drawn[(y * common.width + x) * 4 + 3] !== 0) mask[y * width + x] = 1;
      } else if ((x < old.width && y < old.height) || (x < now.width && y < now.height)) {
        mask[y * width + x] = 1;
        pixels += 1;
      }
    }
  }
  return { mask, pixels };
}

function crop({ width, height, data }: Pixels, size: PictureSize): Uint8Array {
  if (width === size.width) return data.subarray(0, size.width * size.height * 4);
  const cut = new Uint8Array(size.width * size.height * 4);
  for (let y = 0; y < Math.min(height, size.height); y += 1)
    cut.set(data.subarray(y * width * 4, (y * width + size.width) * 4), y * size.width * 4);
  return cut;
}
