/** A rectangle of a picture in which pixels differ, and how many. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: number;
}

/** Letters of one word are nearer to each other than this, columns of a table are not. */
const TILE = 24;

interface Growing {
  left: number;
  top: number;
  right: number;
  bottom: number;
  pixels: number;
}

/** Differing pixels gathered into rectangles, the fullest first. `mask`: one byte a pixel, row by row, not 0 where it differs. */
export function regionsOf(mask: Uint8Array, width: number, height: number): readonly Region[] {
  const columns = Math.ceil(width / TILE);
  const tiles = new Map<number, Growing>();
  for (let at = mask.indexOf(1); at >= 0; at = mask.indexOf(1, at + 1)) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const tile = Math.floor(y / TILE) * columns + Math.floor(x / TILE);
    const here = tiles.get(tile);
    if (here === undefined) tiles.set(tile, { left: x, top: y, right: x, bottom: y, pixels: 1 });
    else grow(here, { left: x, top: y, right: x, bottom: y, pixels: 1 });
  }
  return joinNeighbours(tiles, columns, Math.ceil(height / TILE))
    .map(({ left, top, right, bottom, pixels }) => ({
      x: left,
      y: top,
      width: right - left + 1,
      height: bottom - top + 1,
      pixels,
    }))
    .sort((a, b) => b.pixels - a.pixels || a.y - b.y || a.x - b.x);
}

/** Tiles that touch, corners included, become one. */
function joinNeighbours(tiles: ReadonlyMap<number, Growing>, columns: number, rows: number): readonly Growing[] {
  const left = new Set(tiles.keys());
  const joined: Growing[] = [];
  for (const start of tiles.keys()) {
    if (!left.delete(start)) continue;
    const first = tiles.get(start);
    if (first === undefined) continue;
    const region = { ...first };
    const waiting = [start];
    for (let tile = waiting.pop(); tile !== undefined; tile = waiting.pop()) {
      for (const near of neighbours(tile, columns, rows)) {
        const other = tiles.get(near);
        if (other === undefined || !left.delete(near)) continue;
        grow(region, other);
        waiting.push(near);
      }
    }
    joined.push(region);
  }
  return joined;
}

function neighbours(tile: number, columns: number, rows: number): readonly number[] {
  const [column, row] = [tile % columns, Math.floor(tile / columns)];
  return [-1, 0, 1].flatMap((down) =>
    [-1, 0, 1].flatMap((right) => {
      const [x, y] = [column + right, row + down];
      return x < 0 || y < 0 || x >= columns || y >= rows ? [] : [y * columns + x];
    }),
  );
}

function grow(region: Growing, other: Growing): void {
  region.left = Math.min(region.left, other.left);
  region.top = Math.min(region.top, other.top);
  region.right = Math.max(region.right, other.right);
  region.bottom = Math.max(region.bottom, other.bottom);
  region.pixels += other.pixels;
}
