/** What a picture's own bytes say of it. */
export interface ImageFacts {
  readonly mediaType: "image/png" | "image/jpeg";
  readonly width: number;
  readonly height: number;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Start-of-frame marks hold the size; these four of the range mean something else. */
const NOT_FRAMES = [0xc4, 0xc8, 0xcc];

/** Reads kind and size of a PNG or JPEG from its first bytes, whatever its name says; undefined for anything else. */
export function imageFacts(bytes: Uint8Array): ImageFacts | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return pngFacts(buffer) ?? jpegFacts(buffer);
}

function pngFacts(bytes: Buffer): ImageFacts | undefined {
  if (bytes.length < 24 || !bytes.subarray(0, 8).equals(PNG) || bytes.toString("latin1", 12, 16) !== "IHDR")
    return undefined;
  return sized("image/png", bytes.readUInt32BE(16), bytes.readUInt32BE(20));
}

function jpegFacts(bytes: Buffer): ImageFacts | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const mark = bytes[at + 1] ?? 0;
    if (mark === 0xff) {
      at += 1;
      continue;
    }
    if (mark >= 0xc0 && mark <= 0xcf && !NOT_FRAMES.includes(mark)) {
      return sized("image/jpeg", bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5));
    }
    // Marks without a length: fill bytes and restarts.
    at += mark === 0x01 || (mark >= 0xd0 && mark <= 0xd8) ? 2 : 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

function sized(mediaType: ImageFacts["mediaType"], width: number, height: number): ImageFacts | undefined {
  return width > 0 && height > 0 ? { mediaType, width, height } : undefined;
}
