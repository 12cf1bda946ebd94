import { inflateSync } from "node:zlib";
import type { Part } from "./part.ts";

const MOST_BYTES = 64 * 1024 * 1024;

/** The texts of a PNG: every chunk but its pixels, the packed ones unpacked, and what stands behind its end. */
export function pngParts(bytes: Buffer): readonly Part[] {
  const parts: Part[] = [];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString("latin1", at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (type !== "IDAT") parts.push({ where: `partie ${type}`, bytes: data }, ...unpacked(type, data));
    at += 12 + length;
    if (type === "IEND") break;
  }
  if (at < bytes.length) parts.push({ where: "après la fin", bytes: bytes.subarray(at) });
  return parts;
}

/** Where the zlib stream begins depends on the kind of chunk: wherever one opens, it is read. */
function unpacked(type: string, data: Buffer): readonly Part[] {
  if (!["zTXt", "iTXt", "iCCP"].includes(type)) return [];
  for (let at = data.indexOf(0x78); at >= 0 && at < 512; at = data.indexOf(0x78, at + 1)) {
    try {
      return [{ where: `partie ${type}`, bytes: inflateSync(data.subarray(at), { maxOutputLength: MOST_BYTES }) }];
    } catch {
      // Not here.
    }
  }
  return [];
}

/** The texts of a JPEG: what stands before its pixels (EXIF, comments) and behind its end. */
export function jpegParts(bytes: Buffer): readonly Part[] {
  const scan = bytes.indexOf(Buffer.from([0xff, 0xda]));
  const end = bytes.lastIndexOf(Buffer.from([0xff, 0xd9]));
  if (scan < 0) return [{ where: "", bytes }];
  const parts: Part[] = [{ where: "en-tête", bytes: bytes.subarray(0, scan) }];
  if (end > scan && end + 2 < bytes.length) parts.push({ where: "après la fin", bytes: bytes.subarray(end + 2) });
  return parts;
}
