/** What of a photograph's EXIF matters here. */
export interface Exif {
  /** 1 to 8 as the standard numbers them: how the pixels have to be turned to stand upright. */
  readonly orientation: number;
  readonly hasPosition: boolean;
}

const ORIENTATION = 0x0112;
const GPS = 0x8825;
const HEADER = "Exif\0\0";

/** Reads an EXIF segment's content (`Exif`, two zeros, TIFF); undefined when it is none. What cannot be read counts as upright. */
export function readExif(content: Buffer): Exif | undefined {
  if (content.toString("latin1", 0, 6) !== HEADER) return undefined;
  const tiff = content.subarray(6);
  const little = tiff.toString("latin1", 0, 2) === "II";
  const short = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const long = (at: number) => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  let orientation = 1;
  let hasPosition = false;
  try {
    const first = long(4);
    for (let entry = 0; entry < short(first); entry += 1) {
      const at = first + 2 + 12 * entry;
      if (short(at) === GPS) hasPosition = true;
      if (short(at) === ORIENTATION) orientation = short(at + 8);
    }
  } catch {
    // An entry beyond the end of the segment: what was read so far is what there is.
  }
  return { orientation: orientation >= 1 && orientation <= 8 ? orientation : 1, hasPosition };
}

/** An EXIF segment, marker and length included, that says how to turn the picture and nothing else. */
export function orientationSegment(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write("MM\0*", 0, "latin1");
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(ORIENTATION, 10);
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  const head = Buffer.from([0xff, 0xe1, 0, 2 + HEADER.length + tiff.length]);
  return Buffer.concat([head, Buffer.from(HEADER, "latin1"), tiff]);
}
