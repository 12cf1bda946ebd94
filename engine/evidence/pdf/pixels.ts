import { crc32, deflateSync, inflateSync } from "node:zlib";
import pngjs from "pngjs";
import { sha256 } from "../../base/digest.ts";
import type { PngStream } from "./png-stream.ts";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** SHA-256 of a picture's size and pixels (red, green, blue, opacity), however they were packed. Throws when they cannot be unpacked. */
export function pixelsOf(stream: PngStream): string {
  const { width, height, alpha } = stream;
  const { data } = pngjs.PNG.sync.read(pngOf(stream));
  const opacity = alpha && inflateSync(alpha);
  if (opacity !== undefined) {
    if (opacity.length !== width * height) throw new Error("opacity of another size");
    for (let pixel = 0; pixel < opacity.length; pixel += 1) data[pixel * 4 + 3] = opacity[pixel] ?? 0;
  }
  return sha256(Buffer.concat([Buffer.from(`${width}x${height}\n`), data]));
}

/** The picture as a file again, so that one decoder reads both. */
function pngOf({ width, height, channels, data, predicted }: PngStream): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = channels === 1 ? 0 : 2;
  const packed = predicted ? data : deflateSync(withFilterBytes(inflateSync(data), width * channels), { level: 1 });
  return Buffer.concat([SIGNATURE, chunk("IHDR", header), chunk("IDAT", packed), chunk("IEND", Buffer.alloc(0))]);
}

function withFilterBytes(raw: Buffer, stride: number): Buffer {
  const lines: Buffer[] = [];
  for (let at = 0; at < raw.length; at += stride) lines.push(Buffer.alloc(1), raw.subarray(at, at + stride));
  return Buffer.concat(lines);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
