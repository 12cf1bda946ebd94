import type { RunRecord } from "../evidence/index.ts";
import type { Report } from "../model/report.ts";
import type { Picture } from "../model/report-body.ts";
import { readArtefact } from "./read-artefact.ts";

/** The pictures of a report. */
export interface PictureFiles {
  /** By path below `data/`. */
  readonly files: ReadonlyMap<string, Buffer>;
  dataUri(path: string): string;
  /** Whether it is a PNG that a machine showed: its very pixels go into the PDF. Other pictures reach the page through the browser. */
  isEvidence(path: string): boolean;
}

/** Reads every picture that the report shows and proves its digest. */
export async function readPictures(record: RunRecord, report: Report): Promise<PictureFiles> {
  const files = new Map<string, Buffer>();
  const types = new Map<string, string>();
  const evidence = new Set<string>();
  for (const picture of picturesOf(report)) {
    files.set(picture.path, await readArtefact(record, picture));
    types.set(picture.path, picture.mediaType);
    if (picture.mediaType === "image/png") evidence.add(picture.path);
  }
  const { logo } = report.identity;
  if (logo !== null) {
    files.set(logo.path, await record.read(logo.path));
    types.set(logo.path, logo.mediaType);
  }
  return {
    files,
    isEvidence: (path) => evidence.has(path),
    dataUri: (path) => `data:${types.get(path)};base64,${files.get(path)?.toString("base64") ?? ""}`,
  };
}

function picturesOf(report: Report): readonly Picture[] {
  const inFigures = report.figures.flatMap(({ content }) => (content.type === "picture" ? [content.picture] : []));
  const inBlocks = report.blocks.flatMap(({ results }) =>
    results.flatMap(({ picture }) => (picture === null ? [] : [picture])),
  );
  return [...inFigures, ...inBlocks];
}
