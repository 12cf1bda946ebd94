import { deflateSync } from "node:zlib";
import pngjs from "pngjs";

/** A PNG as a PDF holds it. */
export interface PngStream {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** Compressed lines. */
  readonly data: Buffer;
  /** Whether each line begins with the byte that tells its PNG filter. */
  readonly predicted: boolean;
  /** Compressed opacity, one byte a pixel; absent when all is opaque. */
  readonly alpha?: Buffer;
}

const GREY = 0;
const RGB = 2;

/** The compressed pixels of a PNG. What a PDF can hold as it is (8 bits, grey or RGB, not interlaced) is taken byte for byte; the rest is decoded. */
export function pngStream(png: Uint8Array): PngStream {
  const chunks = chunksOf(png);
  const header = chunks.find(({ type }) => type === "IHDR")?.body ?? Buffer.alloc(13);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colour, , , interlaced] = header.subarray(8);
  const plain = depth === 8 && (colour === GREY || colour === RGB) && interlaced === 0;
  if (plain && chunks.every(({ type }) => type !== "tRNS")) {
    const data = Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ body }) => body));
    return { width, height, channels: colour === GREY ? 1 : 3, data, predicted: true };
  }
  return decoded(png);
}

function decoded(png: Uint8Array): PngStream {
  const { width, height, data } = pngjs.PNG.sync.read(Buffer.from(png));
  const rgb = Buffer.alloc(width * height * 3);
  const alpha = Buffer.alloc(width * height);
  for (let pixel = 0; pixel < alpha.length; pixel += 1) {
    data.copy(rgb, pixel * 3, pixel * 4, pixel * 4 + 3);
    alpha[pixel] = data[pixel * 4 + 3] ?? 255;
  }
  const stream: PngStream = { width, height, channels: 3, data: deflateSync(rgb, { level: 9 }), predicted: false };
  return alpha.every((value) => value === 255) ? stream : { ...stream, alpha: deflateSync(alpha, { level: 9 }) };
}

function chunksOf(png: Uint8Array): readonly { readonly type: string; readonly body: Buffer }[] {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  const chunks: { type: string; body: Buffer }[] = [];
  for (let at = 8; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    chunks.push({ type: bytes.toString("latin1", at + 4, at + 8), body: bytes.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}
