import pngjs from "pngjs";
import { sha256 } from "../../base/digest.ts";

/** Sixteen pixels: the picture's digest after sixteen bytes that no picture has by chance. */
const SIDE = 4;
const MARK = sha256("constat: the picture with this digest stands here").slice(0, 32);

/** A tiny picture that stands for a big one while the browser prints, and tells which by its pixels. */
export function placeholderPng(picture: Uint8Array): Buffer {
  const rgb = Buffer.from(MARK + sha256(picture), "hex");
  const png = new pngjs.PNG({ width: SIDE, height: SIDE });
  for (let pixel = 0; pixel < SIDE * SIDE; pixel += 1) {
    rgb.copy(png.data, pixel * 4, pixel * 3, pixel * 3 + 3);
    png.data[pixel * 4 + 3] = 255;
  }
  return pngjs.PNG.sync.write(png, { colorType: 2 });
}

/** Digest of the picture for which these pixels (RGB, one byte a channel) stand; undefined when they are a picture themselves. */
export function placeholderFor(pixels: Uint8Array): string | undefined {
  const text = Buffer.from(pixels).toString("hex");
  return pixels.length === SIDE * SIDE * 3 && text.startsWith(MARK) ? text.slice(MARK.length) : undefined;
}
