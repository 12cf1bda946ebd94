import type { RunRecord } from "../evidence/index.ts";
import type { Report } from "../model/report.ts";
import type { Picture } from "../model/report-body.ts";
import { readArtefact } from "./read-artefact.ts";

/** The pictures of a report. */
export interface PictureFiles {
  /** By path below `data/`. */
  readonly files: ReadonlyMap<string, Buffer>;
  dataUri(path: string): string;
}

/** Reads every picture that the report shows and proves its digest. */
export async function readPictures(record: RunRecord, report: Report): Promise<PictureFiles> {
  const files = new Map<string, Buffer>();
  const types = new Map<string, string>();
  for (const picture of picturesOf(report)) {
    files.set(picture.path, await readArtefact(record, picture));
    types.set(picture.path, picture.mediaType);
  }
  const { logo } = report.identity;
  if (logo !== null) {
    files.set(logo.path, await record.read(logo.path));
    types.set(logo.path, logo.mediaType);
  }
  return {
    files,
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
