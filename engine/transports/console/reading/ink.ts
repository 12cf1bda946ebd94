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
/** What a tile itself shows counts more: else the edge of a bar takes the ground beside it for its own. */
const OWN_WEIGHT = 5;
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

/** One colour a tile, as 0xRRGGBB: of the most frequent group of like colours around, one that is really there. */
function groundsOf(raster: Raster): Uint32Array {
  const columns = Math.ceil(raster.width / TILE.width);
  const rows = Math.ceil(raster.height / TILE.height);
  const tiles = Array.from({ length: columns * rows }, (_, index) =>
    coloursOf(raster, (index % columns) * TILE.width, Math.floor(index / columns) * TILE.height),
  );
  const grounds = new Uint32Array(columns * rows);
  const votes = new Uint32Array(COLOURS);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      votes.fill(0);
      let most = 0;
      for (let y = Math.max(0, row - AROUND.y); y <= Math.min(rows - 1, row + AROUND.y); y += 1) {
        for (let x = Math.max(0, column - AROUND.x); x <= Math.min(columns - 1, column + AROUND.x); x += 1) {
          const weight = x === column && y === row ? OWN_WEIGHT : 1;
          for (const { group, count, sample } of tiles[y * columns + x] ?? []) {
            votes[group] = (votes[group] ?? 0) + count * weight;
            if ((votes[group] ?? 0) <= most) continue;
            most = votes[group] ?? 0;
            grounds[row * columns + column] = sample;
          }
        }
      }
    }
  }
  return grounds;
}

interface Shade {
  /** Four bits of each channel. */
  readonly group: number;
  count: number;
  /** A colour of the group that is really there. */
  readonly sample: number;
}

/** The colours of one tile. */
function coloursOf({ width, height, rgb }: Raster, left: number, top: number): readonly Shade[] {
  const shades: Shade[] = [];
  let last: Shade | undefined;
  for (let y = top; y < Math.min(height, top + TILE.height); y += 1) {
    for (let x = left; x < Math.min(width, left + TILE.width); x += 1) {
      const from = (y * width + x) * 3;
      const [red, green, blue] = [rgb[from] ?? 0, rgb[from + 1] ?? 0, rgb[from + 2] ?? 0];
      const group = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4);
      if (last?.group !== group) last = shades.find((shade) => shade.group === group);
      if (last === undefined) {
        last = { group, count: 0, sample: (red << 16) | (green << 8) | blue };
        shades.push(last);
      }
      last.count += 1;
    }
  }
  return shades;
}
