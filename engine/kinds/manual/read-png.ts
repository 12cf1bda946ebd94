import { crc32 } from "node:zlib";
import { BEHIND_THE_END, type ReadPicture } from "./kept-picture.ts";
import { refusedSize } from "./picture-size.ts";
import { unpacks } from "./unpacked-png.ts";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/**
 * The picture, its colours and its resolution. Nothing else is kept, whatever it is: programs hide whole layers, thumbnails and histories in
 * chunks of their own, and those show what was cropped or covered.
 */
const OF_THE_PICTURE = [
  ...["IHDR", "PLTE", "IDAT", "IEND", "tRNS"],
  ...["gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT", "bKGD", "pHYs"],
];
const METADATA: Readonly<Record<string, string>> = {
  ...{ eXIf: "EXIF", tEXt: "textes", zTXt: "textes", iTXt: "textes", tIME: "date" },
  ...{ acTL: "animation", fcTL: "animation", fdAT: "animation" },
};
/** Reads a PNG: every chunk by its checksum, the pixels by unpacking them once its size is known to be sane; undefined when it is none. */
export async function readPng(bytes: Buffer): Promise<ReadPicture | undefined> {
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) return undefined;
  const kept: Buffer[] = [SIGNATURE];
  const data: Buffer[] = [];
  const removed = new Set<string>();
  let header: Buffer | undefined;
  for (let at = 8; ; ) {
    if (at + 12 > bytes.length) return broken("est incomplet : le fichier est coupé avant sa fin");
    const length = bytes.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > bytes.length) return broken("est incomplet : le fichier est coupé avant sa fin");
    const type = bytes.toString("latin1", at + 4, at + 8);
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) {
      return broken(`est abîmé : la somme de contrôle de sa partie ${type} ne répond pas`);
    }
    if (OF_THE_PICTURE.includes(type)) kept.push(bytes.subarray(at, end));
    else removed.add(METADATA[type] ?? `partie ${type.replace(/[^A-Za-z]/g, "?")}`);
    if (type === "IHDR") header = bytes.subarray(at + 8, end - 4);
    if (type === "IDAT") data.push(bytes.subarray(at + 8, end - 4));
    at = end;
    if (type !== "IEND") continue;
    // Editors that overwrote a larger file have left its rest behind the end: what was cropped can be read from it.
    if (end < bytes.length) removed.add(BEHIND_THE_END);
    break;
  }
  if (header === undefined || header.length !== 13) return broken("est abîmé : il ne dit pas sa taille");
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const refused = refusedSize(width, height);
  if (refused !== undefined) return broken(refused);
  if (!(await unpacks(data, header))) return broken("est abîmé : ses pixels ne se lisent pas jusqu’au bout");
  const whole = { bytes: Buffer.concat(kept), removed: [...removed], orientation: 1 };
  return { ok: true, mediaType: "image/png", width, height, ...whole };
}

function broken(reason: string): ReadPicture {
  return { ok: false, reason };
}
