import { gunzipSync } from "node:zlib";
import { castParts } from "./cast-parts.ts";
import type { Opened, Part } from "./part.ts";
import { pdfParts } from "./pdf-parts.ts";
import { jpegParts, pngParts } from "./picture-parts.ts";
import { zipParts } from "./zip-parts.ts";

/** A package in a package in a package: deeper than anything a run makes. */
const DEEPEST = 6;
const MOST_BYTES = 512 * 1024 * 1024;
const DATA_ADDRESS = /data:[\w./+-]*;base64,([A-Za-z0-9+/]{16,}={0,2})/g;

/** Everything of a file in which text may hide: itself, what it holds packed, what its pictures and pages say. */
export async function readableParts(bytes: Buffer, depth = 0): Promise<readonly Part[]> {
  if (depth > DEEPEST) return [{ where: "", bytes }];
  const own = await ownParts(bytes);
  const inner: Part[] = [];
  for (const { where, bytes: packed } of own.packed)
    for (const part of await readableParts(Buffer.from(packed), depth + 1))
      inner.push({ where: part.where === "" ? where : `${where}, ${part.where}`, bytes: part.bytes });
  return [...own.plain, ...inner];
}

async function ownParts(bytes: Buffer): Promise<Opened> {
  const starts = (...signature: readonly number[]) => signature.every((byte, index) => bytes[index] === byte);
  if (starts(0x89, 0x50, 0x4e, 0x47)) return { plain: pngParts(bytes), packed: [] };
  if (starts(0xff, 0xd8, 0xff)) return { plain: jpegParts(bytes), packed: [] };
  if (starts(0x25, 0x50, 0x44, 0x46)) return await pdfParts(bytes);
  if (starts(0x50, 0x4b, 0x03, 0x04)) return zipParts(bytes);
  if (starts(0x1f, 0x8b)) return gzipParts(bytes);
  return textParts(bytes);
}

/** Text as it stands, without its line ends (base64 is broken into lines), and the files that stand in its addresses. */
function textParts(bytes: Buffer): Opened {
  const text = bytes.toString("latin1");
  const joined = /[\r\n]/.test(text)
    ? [{ where: "", bytes: Buffer.from(text.replace(/=?[\r\n]+[ \t]*/g, ""), "latin1") }]
    : [];
  const packed = [...text.matchAll(DATA_ADDRESS)].map(([, data = ""]) => ({
    where: "fichier inclus",
    bytes: Buffer.from(data, "base64"),
  }));
  return { plain: [{ where: "", bytes }, ...joined, ...castParts(text)], packed };
}

function gzipParts(bytes: Buffer): Opened {
  try {
    return { plain: [], packed: [{ where: "décompressé", bytes: gunzipSync(bytes, { maxOutputLength: MOST_BYTES }) }] };
  } catch {
    return { plain: [{ where: "", bytes }], packed: [] };
  }
}
