import { createInflate } from "node:zlib";

/** Samples a pixel, by colour type. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** The seven pictures of an interlaced one: first column and row, and the steps to the next. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
/** What an encoder may have added to the last row. */
const A_LITTLE = 4_096;
const PIECE = 1024 * 1024;

/**
 * Whether the packed pixels of a PNG (its IDAT parts) unpack to what its header (IHDR) tells. They are counted piece by piece beside the
 * process, never held, and no further than they may go.
 */
export async function unpacks(data: readonly Buffer[], header: Buffer): Promise<boolean> {
  const expected = rowBytes(header);
  const inflate = createInflate({ chunkSize: PIECE });
  let length = 0;
  try {
    for (const part of data) inflate.write(part);
    inflate.end();
    for await (const piece of inflate as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length > expected + A_LITTLE) return false;
    }
    return length >= expected;
  } catch {
    return false;
  } finally {
    inflate.destroy();
  }
}

/** Bytes of all rows: each begins with the number of its filter. */
function rowBytes(header: Buffer): number {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth = 8, colour = 0, , , interlace] = header.subarray(8);
  const bits = depth * (SAMPLES[colour] ?? 1);
  const rows = (columns: number, lines: number) => (columns === 0 ? 0 : lines * (1 + Math.ceil((columns * bits) / 8)));
  if (interlace === 0) return rows(width, height);
  let sum = 0;
  for (const [x, y, right, down] of PASSES) {
    sum += rows(Math.ceil(Math.max(0, width - x) / right), Math.ceil(Math.max(0, height - y) / down));
  }
  return sum;
}
