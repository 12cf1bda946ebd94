import type { Raster } from "../raster.ts";

/** How much each pixel differs from the ground around it, 0 to 255. */
export interface Ink {
  readonly width: number;
  readonly height: number;
  readonly at: Uint8Array;
}

const TILE = { width: 16, height: 8 };
/** Tiles to each side whose pixels vote for the ground of a tile. */
const AROUND = { x: 2, y: 1 };
const COLOURS = 4096;

/** Finds the ground of each small part of the picture (its most frequent colour nearby) and what stands out from it. */
export function inkOf(raster: Raster): Ink {
  const { width, height, rgb } = raster;
  const grounds = groundsOf(raster);
  const columns = Math.ceil(width / TILE.width);
  const at = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(y / TILE.height) * columns;
    for (let x = 0; x < width; x += 1) {
      const ground = grounds[row + Math.floor(x / TILE.width)] ?? 0;
      const from = (y * width + x) * 3;
      at[y * width + x] = Math.max(
        Math.abs((rgb[from] ?? 0) - (ground >> 16)),
        Math.abs((rgb[from + 1] ?? 0) - ((ground >> 8) & 255)),
        Math.abs((rgb[from + 2] ?? 0) - (ground & 255)),
      );
    }
  }
  return { width, height, at };
}

/** One colour a tile, as 0xRRGGBB: of the most frequent group of like colours, one that is really there. */
function groundsOf({ width, height, rgb }: Raster): Uint32Array {
  const columns = Math.ceil(width / TILE.width);
  const rows = Math.ceil(height / TILE.height);
  const grounds = new Uint32Array(columns * rows);
  const votes = new Uint32Array(COLOURS);
  const samples = new Uint32Array(COLOURS);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      votes.fill(0);
      const top = Math.max(0, (row - AROUND.y) * TILE.height);
      const bottom = Math.min(height, (row + AROUND.y + 1) * TILE.height);
      const left = Math.max(0, (column - AROUND.x) * TILE.width);
      const right = Math.min(width, (column + AROUND.x + 1) * TILE.width);
      let best = 0;
      for (let y = top; y < bottom; y += 1) {
        for (let x = left; x < right; x += 1) {
          const from = (y * width + x) * 3;
          const [red, green, blue] = [rgb[from] ?? 0, rgb[from + 1] ?? 0, rgb[from + 2] ?? 0];
          const group = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4);
          const count = (votes[group] ?? 0) + 1;
          votes[group] = count;
          samples[group] = (red << 16) | (green << 8) | blue;
          if (count > (votes[best] ?? 0)) best = group;
        }
      }
      grounds[row * columns + column] = samples[best] ?? 0;
    }
  }
  return grounds;
}
