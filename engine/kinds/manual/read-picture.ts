import type { ReadPicture } from "./kept-picture.ts";
import { refusedSize } from "./picture-size.ts";
import { readJpeg } from "./read-jpeg.ts";
import { readPng } from "./read-png.ts";

/** Largest file, as the transport reads no larger one either. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Reads a PNG or JPEG by its bytes, whatever its name says: whole, of a size that can be shown, without metadata. */
export async function readPicture(given: Uint8Array): Promise<ReadPicture> {
  if (given.length > MOST_BYTES) return { ok: false, reason: "dépasse 32 Mo" };
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const read = (await readPng(bytes)) ?? readJpeg(bytes);
  if (read === undefined) return { ok: false, reason: "n’est ni un PNG ni un JPEG" };
  if (!read.ok) return read;
  const refused = refusedSize(read.width, read.height);
  return refused === undefined ? read : { ok: false, reason: refused };
}
