import { inflateRawSync } from "node:zlib";
import type { Opened, Part } from "./part.ts";

const LOCAL = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const CENTRAL = Buffer.from([0x50, 0x4b, 0x01, 0x02]);
const MOST_BYTES = 512 * 1024 * 1024;

/** The files of a zip, unpacked, as its central directory lists them; their names and comments are searched too. */
export function zipParts(bytes: Buffer): Opened {
  const packed: Part[] = [];
  const directory = bytes.indexOf(CENTRAL);
  for (let at = directory; at >= 0; at = bytes.indexOf(CENTRAL, at + 46)) {
    if (at + 46 > bytes.length) break;
    const name = bytes.toString("utf8", at + 46, at + 46 + bytes.readUInt16LE(at + 28));
    const content = contentAt(
      bytes,
      bytes.readUInt32LE(at + 42),
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
    );
    packed.push({ where: name, bytes: content ?? Buffer.alloc(0) });
  }
  // What is listed nowhere, and what could not be unpacked, is at least looked at as it stands.
  const plain =
    packed.some(({ bytes: content }) => content.length === 0) || packed.length === 0
      ? bytes
      : bytes.subarray(directory);
  return { plain: [{ where: "", bytes: plain }], packed };
}

function contentAt(bytes: Buffer, local: number, method: number, size: number): Buffer | undefined {
  if (local + 30 > bytes.length || !bytes.subarray(local, local + 4).equals(LOCAL)) return undefined;
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const data = bytes.subarray(start, start + size);
  try {
    if (method === 0) return data;
    return method === 8 ? inflateRawSync(data, { maxOutputLength: MOST_BYTES }) : undefined;
  } catch {
    return undefined;
  }
}
