import { BEHIND_THE_END, type ReadPicture } from "./kept-picture.ts";
import { type Exif, orientationSegment, readExif } from "./read-exif.ts";

const [START, END, SCAN, JFIF, COMMENT] = [0xd8, 0xd9, 0xda, 0xe0, 0xfe];
/** Where a JFIF segment's content tells width and height of its thumbnail. */
const THUMBNAIL_SIDES = 12;
/** Frames (their marks without the three among them that are none), and what they need: tables, restarts, the number of lines, scans. */
const FRAMES = [0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf];
const OF_THE_PICTURE = [...FRAMES, 0xc4, 0xcc, 0xdb, 0xdc, 0xdd, SCAN];
/**
 * Of the application's own segments these alone say how colours are meant, by mark, and so many bytes of them; what follows in a JFIF is a
 * thumbnail, which shows what was cropped or covered later.
 */
const OF_COLOURS: ReadonlyMap<number, { readonly begins: string; readonly length: number }> = new Map([
  [JFIF, { begins: "JFIF\0", length: 14 }],
  [0xe2, { begins: "ICC_PROFILE\0", length: Number.POSITIVE_INFINITY }],
  [0xee, { begins: "Adobe", length: 12 }],
]);
const CUT: ReadPicture = { ok: false, reason: "est incomplet : le fichier est coupé avant sa fin" };
const BROKEN: ReadPicture = { ok: false, reason: "est abîmé : ses parties ne se suivent pas comme dans un JPEG" };

/**
 * Reads a JPEG part by part to its end mark; undefined when it is none. Only what makes the picture and its
 * colours is kept, whatever else there may be; how it has to be turned stays, in an EXIF that says nothing else.
 */
export function readJpeg(bytes: Buffer): ReadPicture | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xff00 + START) return undefined;
  const kept: Buffer[] = [];
  const removed = new Set<string>();
  let size: { readonly width: number; readonly height: number } | undefined;
  let orientation = 1;
  let scans = 0;
  for (let at = 2; ; ) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1;
    if (at + 2 > bytes.length) return CUT;
    const mark = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || mark === 0 || mark === START) return BROKEN;
    if (mark === END) {
      // What some cameras add behind the end (previews, films) is no part of the picture.
      if (at + 2 < bytes.length) removed.add(BEHIND_THE_END);
      break;
    }
    if (at + 4 > bytes.length) return CUT;
    const next = at + 2 + bytes.readUInt16BE(at + 2);
    if (next > bytes.length) return CUT;
    const content = bytes.subarray(at + 4, next);
    if (FRAMES.includes(mark)) {
      if (content.length < 6) return BROKEN;
      size = { height: content.readUInt16BE(1), width: content.readUInt16BE(3) };
    }
    const exif = mark === 0xe1 ? readExif(content) : undefined;
    if (exif !== undefined) orientation = exif.orientation;
    const end = mark === SCAN ? endOfScan(bytes, next) : next;
    if (end === undefined) return CUT;
    if (mark === SCAN) scans += 1;
    const colours = colourSegment(mark, content);
    if (OF_THE_PICTURE.includes(mark)) kept.push(bytes.subarray(at, end));
    else if (colours !== undefined) kept.push(colours);
    if (colours?.length !== end - at) for (const each of metadataIn(mark, content, exif)) removed.add(each);
    at = end;
  }
  if (size === undefined || scans === 0) return BROKEN;
  const turned = orientation === 1 ? [] : [orientationSegment(orientation)];
  const whole = Buffer.concat([Buffer.from([0xff, START]), ...turned, ...kept, Buffer.from([0xff, END])]);
  // From 5 on the picture lies on its side.
  const { width, height } = orientation >= 5 ? { width: size.height, height: size.width } : size;
  return { ok: true, mediaType: "image/jpeg", width, height, bytes: whole, removed: [...removed], orientation };
}

/** A segment that says how colours are meant, without what may follow in it; undefined for any other. */
function colourSegment(mark: number, content: Buffer): Buffer | undefined {
  const known = OF_COLOURS.get(mark);
  if (known === undefined || content.toString("latin1", 0, known.begins.length) !== known.begins) return undefined;
  const said = Buffer.from(content.subarray(0, known.length));
  // A thumbnail of no width and no height.
  if (mark === JFIF) said.fill(0, THUMBNAIL_SIDES);
  const head = Buffer.from([0xff, mark, 0, 0]);
  head.writeUInt16BE(2 + said.length, 2);
  return Buffer.concat([head, said]);
}

/** What a segment tells besides the picture, in words; empty for one that belongs to the picture. */
function metadataIn(mark: number, content: Buffer, exif: Exif | undefined): readonly string[] {
  if (OF_THE_PICTURE.includes(mark)) return [];
  if (mark === COMMENT) return ["commentaire"];
  if (exif !== undefined) return exif.hasPosition ? ["EXIF", "position GPS"] : ["EXIF"];
  const name = content.toString("latin1", 0, 4);
  if (mark === 0xe1 && name === "http") return ["XMP"];
  if (mark === 0xed) return ["IPTC"];
  // A thumbnail, or several pictures in one file: the others are previews.
  if (mark === JFIF && (name === "JFIF" || name === "JFXX")) return ["aperçus"];
  return mark === 0xe2 && (name === "MPF\0" || name === "FPXR") ? ["aperçus"] : ["données d’appareil"];
}

/** Where the packed pixels end: at the next mark that is no stuffed byte and no restart; undefined when the file ends before. */
function endOfScan(bytes: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const mark = bytes[at + 1] ?? 0;
    if (mark !== 0 && mark !== 0xff && (mark < 0xd0 || mark > 0xd7)) return at;
  }
  return undefined;
}
