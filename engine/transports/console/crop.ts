import type { PixelBox } from "../../model/screen-view.ts";
import type { Raster } from "./raster.ts";

/** A bar of this grey says that something was covered. */
const COVER = 96;

/** The picture with boxes covered, then cut to a box; boxes that reach beyond the picture are cut at its edge. */
export function cropped(raster: Raster, crop: PixelBox | undefined, covered: readonly PixelBox[]): Raster {
  const rgb = Uint8Array.from(raster.rgb);
  for (const each of covered) {
    const box = within(raster, each);
    for (let y = box.y; y < box.y + box.height; y += 1) {
      rgb.fill(COVER, (y * raster.width + box.x) * 3, (y * raster.width + box.x + box.width) * 3);
    }
  }
  if (crop === undefined) return { ...raster, rgb };
  const box = within(raster, crop);
  const part = new Uint8Array(box.width * box.height * 3);
  for (let row = 0; row < box.height; row += 1) {
    const from = ((box.y + row) * raster.width + box.x) * 3;
    part.set(rgb.subarray(from, from + box.width * 3), row * box.width * 3);
  }
  return { width: box.width, height: box.height, rgb: part };
}

function within({ width, height }: Raster, box: PixelBox): PixelBox {
  const x = Math.min(width - 1, Math.max(0, box.x));
  const y = Math.min(height - 1, Math.max(0, box.y));
  return {
    x,
    y,
    width: Math.max(1, Math.min(width, box.x + box.width) - x),
    height: Math.max(1, Math.min(height, box.y + box.height) - y),
  };
}
