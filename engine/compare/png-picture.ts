import pngjs from "pngjs";

/** Pixels in four bytes each (red, green, blue, opacity), row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Far above any screen; a file of some kilobytes may claim far more than memory holds. */
const MOST_PIXELS = 80_000_000;
const SIGNATURE = 0x89504e47;

/** Reads a PNG; in French, why it cannot be compared pixel by pixel, where it is none. */
export function readPicture(file: Buffer): Pixels | { readonly unreadable: string } {
  if (file.length < 33 || file.readUInt32BE(0) !== SIGNATURE)
    return { unreadable: isJpeg(file) ? "photo JPEG, comparée par son empreinte seulement" : "image illisible" };
  const pixels = file.readUInt32BE(16) * file.readUInt32BE(20);
  if (pixels > MOST_PIXELS) return { unreadable: `image de ${pixels} pixels, trop grande pour être comparée` };
  try {
    const { width, height, data } = pngjs.PNG.sync.read(file);
    return { width, height, data };
  } catch {
    return { unreadable: "image illisible" };
  }
}

/** A PNG without transparency. */
export function writePicture({ width, height, data }: Pixels): Buffer {
  const png = new pngjs.PNG({ width, height });
  png.data = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  // Flat areas pack well as they are; the adaptive filter costs more time than it saves bytes.
  return pngjs.PNG.sync.write(png, { colorType: 2, filterType: 0 });
}

function isJpeg(file: Buffer): boolean {
  return file.length > 3 && file.readUInt16BE(0) === 0xffd8;
}
