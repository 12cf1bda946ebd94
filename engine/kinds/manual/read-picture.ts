import type { ReadPicture } from "./kept-picture.ts";
import { readJpeg } from "./read-jpeg.ts";
import { readPng } from "./read-png.ts";

/** Largest file, as the transport reads no larger one either, and largest side: a browser shows no larger picture. */
const MOST_BYTES = 32 * 1024 * 1024;
const LONGEST_SIDE = 16_384;

/** Reads a PNG or JPEG by its bytes, whatever its name says: whole, of a size that can be shown, without metadata. */
export function readPicture(given: Uint8Array): ReadPicture {
  if (given.length > MOST_BYTES) return { ok: false, reason: "dépasse 32 Mo" };
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const read = readPng(bytes) ?? readJpeg(bytes);
  if (read === undefined) return { ok: false, reason: "n’est ni un PNG ni un JPEG" };
  if (!read.ok) return read;
  const { width, height } = read;
  if (width === 0 || height === 0) return { ok: false, reason: "n’a pas de taille : le fichier est abîmé" };
  if (Math.max(width, height) > LONGEST_SIDE) {
    return { ok: false, reason: `mesure ${width} × ${height} pixels ; un côté en a ${LONGEST_SIDE} au plus` };
  }
  return read;
}
