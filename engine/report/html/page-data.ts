import type { RunRecord } from "../../evidence/index.ts";
import type { Language, Report } from "../../model/report.ts";
import type { Evidence, Terminal } from "../../model/report-body.ts";
import { readArtefact } from "../read-artefact.ts";
import { outputPieces } from "../stored-output.ts";
import { pageWords } from "./page-words.ts";
import { type Replay, replayOf } from "./replay.ts";

/** What the page's own script works with: digests to compare with, outputs as they were kept, recordings. Plain JSON. */
export interface PageData {
  readonly run: string;
  readonly language: Language;
  readonly head: string;
  readonly files: readonly (readonly [path: string, sha256: string, bytes: number])[];
  /** Outputs that the page shows, by path: their text, or base64 where they are no UTF-8. */
  readonly outputs: Readonly<Record<string, { readonly text: string } | { readonly base64: string }>>;
  readonly replays: Readonly<Record<string, Replay>>;
  readonly words: Readonly<Record<string, string>>;
}

/** Outputs longer than this are left to the run's folder: a page is read in a browser. */
const LONGEST = 1_000_000;

/** The data of a report's page. Reads every output that it shows and proves its digest. */
export async function pageData(record: RunRecord, report: Report): Promise<PageData> {
  const known = new Map(report.integrity.files.map((file) => [file.path, file]));
  const outputs: Record<string, { text: string } | { base64: string }> = {};
  const replays: Record<string, Replay> = {};
  for (const evidence of shownOutputs(report)) {
    if (evidence.bytes > LONGEST) continue;
    const bytes = await readArtefact(record, evidence);
    outputs[evidence.path] = asText(bytes);
    const replay = await replayFor(record, evidence, bytes, known);
    if (replay !== undefined) replays[evidence.path] = replay;
  }
  return {
    run: report.run.id,
    language: report.language,
    head: report.integrity.head,
    files: report.integrity.files.map(({ path, sha256, bytes }) => [path, sha256, bytes]),
    outputs,
    replays,
    words: pageWords(report.language),
  };
}

/** JSON that can stand in a script element. */
export function inScript(data: unknown): string {
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function shownOutputs(report: Report): readonly Evidence[] {
  const inFigures = report.figures.flatMap(({ content }) =>
    content.type === "terminal" ? content.groups.flatMap(({ terminals }) => terminals) : [],
  );
  const inBlocks = report.blocks.flatMap(({ results }) => results.flatMap(({ terminals }) => terminals));
  const evidence = [...inFigures, ...inBlocks].flatMap(({ evidence: each }: Terminal) => each ?? []);
  return [...new Map(evidence.map((each) => [each.path, each])).values()];
}

function asText(bytes: Buffer): { readonly text: string } | { readonly base64: string } {
  const text = bytes.toString("utf8");
  return Buffer.from(text, "utf8").equals(bytes) ? { text } : { base64: bytes.toString("base64") };
}

/** Only an output of a terminal has an index of when its pieces came. */
async function replayFor(
  record: RunRecord,
  evidence: Evidence,
  bytes: Buffer,
  known: ReadonlyMap<string, Evidence>,
): Promise<Replay | undefined> {
  const [, stem, stream] = /^(terminal\/.*)\.(out|err)$/.exec(evidence.path) ?? [];
  const timing = known.get(`${stem}.timing`);
  if (stem === undefined || timing === undefined) return undefined;
  const other = known.get(`${stem}.${stream === "out" ? "err" : "out"}`);
  const rest = other === undefined || other.bytes === 0 ? Buffer.alloc(0) : await readArtefact(record, other);
  const [out, err] = stream === "out" ? [bytes, rest] : [rest, bytes];
  return replayOf(outputPieces(out, err, (await readArtefact(record, timing)).toString("utf8")));
}
