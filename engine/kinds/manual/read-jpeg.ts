import type { ReadPicture } from "./kept-picture.ts";
import { orientationSegment, readExif } from "./read-exif.ts";

const [START, END, SCAN, COMMENT] = [0xd8, 0xd9, 0xda, 0xfe];
/** Of the application's own segments these say how colours are meant: JFIF, an ICC profile, Adobe's transform. */
const OF_COLOURS = [0xe0, 0xe2, 0xee];
/** Start-of-frame marks hold the size; these of their range mean something else. */
const NOT_FRAMES = [0xc4, 0xc8, 0xcc];
const CUT: ReadPicture = { ok: false, reason: "est incomplet : le fichier est coupé avant sa fin" };
const BROKEN: ReadPicture = { ok: false, reason: "est abîmé : ses parties ne se suivent pas comme dans un JPEG" };

/**
 * Reads a JPEG part by part to its end mark; undefined when it is none. Camera data (EXIF with its position, XMP, IPTC, comments, previews) is
 * left out; how the picture has to be turned stays, in an EXIF that says nothing else.
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
    // What some cameras add behind the end (previews, films) is no part of the picture.
    if (mark === END) break;
    if (at + 4 > bytes.length) return CUT;
    const next = at + 2 + bytes.readUInt16BE(at + 2);
    if (next > bytes.length) return CUT;
    const content = bytes.subarray(at + 4, next);
    if (mark >= 0xc0 && mark <= 0xcf && !NOT_FRAMES.includes(mark)) {
      if (content.length < 6) return BROKEN;
      size = { height: content.readUInt16BE(1), width: content.readUInt16BE(3) };
    }
    const exif = mark === 0xe1 ? readExif(content) : undefined;
    if (exif !== undefined) orientation = exif.orientation;
    const extra = metadataIn(mark, content, exif?.hasPosition === true);
    for (const each of extra) removed.add(each);
    const end = mark === SCAN ? endOfScan(bytes, next) : next;
    if (end === undefined) return CUT;
    if (mark === SCAN) scans += 1;
    if (extra.length === 0) kept.push(bytes.subarray(at, end));
    at = end;
  }
  if (size === undefined || scans === 0) return BROKEN;
  const turned = orientation === 1 ? [] : [orientationSegment(orientation)];
  const whole = Buffer.concat([Buffer.from([0xff, START]), ...turned, ...kept, Buffer.from([0xff, END])]);
  // From 5 on the picture lies on its side.
  const { width, height } = orientation >= 5 ? { width: size.height, height: size.width } : size;
  return { ok: true, mediaType: "image/jpeg", width, height, bytes: whole, removed: [...removed], orientation };
}

/** What a segment tells besides the picture, in words; empty for one that belongs to the picture. */
function metadataIn(mark: number, content: Buffer, hasPosition: boolean): readonly string[] {
  if (mark === COMMENT) return ["commentaire"];
  if (mark < 0xe0 || mark > 0xef || OF_COLOURS.includes(mark)) {
    // Several pictures in one file: the others are previews.
    return mark === 0xe2 && content.toString("latin1", 0, 4) === "MPF\0" ? ["aperçus"] : [];
  }
  if (mark === 0xe1) {
    if (content.toString("latin1", 0, 4) === "http") return ["XMP"];
    return hasPosition ? ["EXIF", "position GPS"] : ["EXIF"];
  }
  return mark === 0xed ? ["IPTC"] : ["données d’appareil"];
}

/** Where the packed pixels end: at the next mark that is no stuffed byte and no restart; undefined when the file ends before. */
function endOfScan(bytes: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const mark = bytes[at + 1] ?? 0;
    if (mark !== 0 && mark !== 0xff && (mark < 0xd0 || mark > 0xd7)) return at;
  }
  return undefined;
}
