import { sha256 } from "../../base/digest.ts";
import type { RunRecord } from "../../evidence/index.ts";
import { type PdfReading, type PlacedPicture, type PngStream, pixelsOf, pngStream } from "../../evidence/pdf/index.ts";
import type { Artefact, Event } from "../../model/event.ts";
import type { Finding } from "../../model/finding.ts";
import { captionOf, wrongReport } from "./wrong-report.ts";

const PICTURES = /^image\/(?:png|jpeg)$/;

/**
 * Whether the PDF shows the evidence's pictures, pixel by pixel: every figure's is in it, and it holds none that is not evidence. Pixels are
 * compared as they are packed, which is quick and proves the same, and unpacked where that differs.
 */
export async function auditPictures(
  record: RunRecord,
  { pictures }: Pick<PdfReading, "pictures">,
): Promise<readonly Finding[]> {
  const shown = figuresOf(record.events);
  const known = await Promise.all(picturesKept(record.events).map(async (kept) => await keptPicture(record, kept)));
  const byDigest = new Map(
    known.flatMap((kept) => (kept === undefined ? [] : [[kept.artefact.sha256, kept] as const])),
  );
  const placed = pictures.map((picture) => ({ picture, pixels: undefined as string | undefined }));
  const proven = new Set<PlacedPicture>();
  const findings: Finding[] = [];
  const find = (kept: Kept): boolean => {
    const same = placed.filter((each) => isSame(kept, each));
    for (const { picture } of same) proven.add(picture);
    return same.length > 0;
  };
  for (const [placeholder, artefact] of shown) {
    const kept = byDigest.get(artefact.sha256);
    // A file that is missing or was changed has its own finding.
    if (kept === undefined || find(kept)) continue;
    const text = `L’image de ${captionOf(placeholder, record.events)} n’y est pas telle que la preuve la garde, pixel pour pixel (${artefact.path}).`;
    findings.push(wrongReport("report-pictures", text));
  }
  for (const kept of byDigest.values()) find(kept);
  const foreign = pictures.filter((picture) => !proven.has(picture));
  return [
    ...findings,
    ...foreign.map((picture) =>
      wrongReport("report-pictures", `Page ${picture.page} : une image (${sizeOf(picture)}) n’est d’aucune preuve.`),
    ),
  ];
}

interface Kept {
  readonly artefact: Artefact;
  /** Undefined for a JPEG, which a PDF holds as it is. */
  readonly stream: PngStream | undefined;
  pixels: string | undefined;
}

interface Placed {
  readonly picture: PlacedPicture;
  pixels: string | undefined;
}

/** The picture that fills each placeholder in the end. */
function figuresOf(events: readonly Event[]): ReadonlyMap<string, Artefact> {
  const figures = new Map<string, Artefact>();
  for (const event of events) {
    if (event.type !== "placeholder-filled" && event.type !== "figure-reused" && event.type !== "figure-given")
      continue;
    figures.delete(event.placeholder);
    if (event.figure.type === "picture") figures.set(event.placeholder, event.figure.picture);
  }
  return figures;
}

function picturesKept(events: readonly Event[]): readonly Artefact[] {
  const kept = events.flatMap((event) =>
    event.type === "attempt-finished" || event.type === "figure-reused" || event.type === "figure-given"
      ? event.artefacts
      : [],
  );
  return kept.filter(({ mediaType }) => PICTURES.test(mediaType));
}

async function keptPicture(record: RunRecord, artefact: Artefact): Promise<Kept | undefined> {
  try {
    const bytes = await record.read(artefact.path);
    if (sha256(bytes) !== artefact.sha256) return undefined;
    return { artefact, stream: artefact.mediaType === "image/png" ? pngStream(bytes) : undefined, pixels: undefined };
  } catch {
    return undefined;
  }
}

function isSame(kept: Kept, placed: Placed): boolean {
  const { stream } = kept;
  if (placed.picture.type === "file") return stream === undefined && placed.picture.sha256 === kept.artefact.sha256;
  const other = placed.picture.stream;
  if (stream === undefined || stream.width !== other.width || stream.height !== other.height) return false;
  if (isPackedAlike(stream, other)) return true;
  kept.pixels ??= digestOf(stream);
  placed.pixels ??= digestOf(other);
  return kept.pixels !== "" && kept.pixels === placed.pixels;
}

function isPackedAlike(a: PngStream, b: PngStream): boolean {
  return (
    a.channels === b.channels &&
    a.predicted === b.predicted &&
    a.data.equals(b.data) &&
    (a.alpha === undefined ? b.alpha === undefined : b.alpha !== undefined && a.alpha.equals(b.alpha))
  );
}

/** Empty for what cannot be unpacked: it is like nothing. */
function digestOf(stream: PngStream): string {
  try {
    return pixelsOf(stream);
  } catch {
    return "";
  }
}

function sizeOf(picture: PlacedPicture): string {
  return picture.type === "file" ? "JPEG" : `${picture.stream.width} × ${picture.stream.height}`;
}
