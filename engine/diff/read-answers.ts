import type { Json, JsonObject } from "../base/json.ts";
import { readDocument } from "../compare/index.ts";
import type { Artefact } from "../model/event.ts";
import { timelineSchema } from "../model/timeline.ts";
import { mergeStreams, outputLines } from "./output-text.ts";
import { type RecordedAttempt, type RecordedRun, readPiece } from "./recorded-run.ts";

/** One thing that an attempt brought back. `digest` changes with it. */
export interface Answer {
  readonly role: string;
  readonly digest: string;
  read(): Promise<AnswerContent>;
}

export type AnswerContent =
  | { readonly type: "text"; readonly lines: readonly string[] }
  | { readonly type: "data"; readonly value: Json }
  | { readonly type: "lost"; readonly reason: string };

const FILES: Readonly<Partial<Record<Artefact["role"], string>>> = {
  response: "réponse",
  "task-log": "journal de tâche",
  "dom-text": "texte de la page",
  rows: "lignes de la page",
  api: "API",
  samples: "mesures",
  attestation: "attestation",
};

/** What an attempt brought back besides pictures: its terminal, then each file, numbered where there are several of one role. */
export function answersOf(run: RecordedRun, attempt: RecordedAttempt): readonly Answer[] {
  const artefacts = attempt.finished?.artefacts ?? [];
  const answers: Answer[] = [];
  const streams = artefacts.filter(({ role, bytes }) => (role === "stdout" || role === "stderr") && bytes > 0);
  if (streams.length > 0) {
    const digest = streams.map(({ role, sha256 }) => `${role}:${sha256}`).join();
    answers.push({ role: "sortie", digest, read: () => readTerminal(run, artefacts) });
  }
  const seen = new Map<string, number>();
  for (const artefact of artefacts) {
    const word = FILES[artefact.role];
    if (word === undefined) continue;
    const number = (seen.get(word) ?? 0) + 1;
    seen.set(word, number);
    answers.push({
      role: number === 1 ? word : `${word} ${number}`,
      digest: artefact.sha256,
      read: () => readFile(run, artefact),
    });
  }
  return answers;
}

async function readTerminal(run: RecordedRun, artefacts: readonly Artefact[]): Promise<AnswerContent> {
  const parts = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0), timing: Buffer.alloc(0) };
  for (const role of ["stdout", "stderr", "timing"] as const) {
    const artefact = artefacts.find((each) => each.role === role);
    if (artefact === undefined) continue;
    const piece = await readPiece(run, artefact);
    if ("bytes" in piece) parts[role] = Buffer.from(piece.bytes);
    // The index only says how the two streams met; without it each is still whole.
    else if (role !== "timing") return { type: "lost", reason: piece.lost };
  }
  return textOrData(mergeStreams(parts.stdout, parts.stderr, parts.timing.toString("utf8")));
}

async function readFile(run: RecordedRun, artefact: Artefact): Promise<AnswerContent> {
  const piece = await readPiece(run, artefact);
  if ("lost" in piece) return { type: "lost", reason: piece.lost };
  const content = textOrData(piece.bytes);
  if (content.type !== "data") return content;
  if (artefact.role === "samples") return sightedOnly(content);
  return artefact.role === "rows" ? withoutDigests(content) : content;
}

function textOrData(bytes: Buffer): AnswerContent {
  const value = readDocument(bytes.toString("utf8")) ?? documentLines(bytes.toString("utf8"));
  return value === undefined ? { type: "text", lines: outputLines(bytes) } : { type: "data", value };
}

/** Digests of a page and of its picture change with any clock on it, and what they stand for is compared itself. */
function withoutDigests(content: Extract<AnswerContent, { type: "data" }>): AnswerContent {
  const { value } = content;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return content;
  const { dom: _, original: __, ...kept } = value as JsonObject;
  return { type: "data", value: kept };
}

/** Several documents, one a line, as a command prints that was asked several times. */
function documentLines(text: string): Json | undefined {
  const documents = text.trim().split("\n").map(readDocument);
  const whole = documents.filter((document) => document !== undefined);
  return whole.length > 0 && whole.length === documents.length ? whole : undefined;
}

/** Of a watch only what happened: each single measurement is another one each time. */
function sightedOnly(content: Extract<AnswerContent, { type: "data" }>): AnswerContent {
  const parsed = timelineSchema.safeParse(content.value);
  if (!parsed.success) return content;
  const { sources, interruptions, marks } = parsed.data;
  const value: Json = {
    sources: sources.map(({ name, what, subject, from }) => ({
      name,
      what,
      subject,
      from,
      interruptions: interruptions
        .filter(({ source }) => source === name)
        .map(({ atLeastMs, atMostMs }) => ({ durationMs: [atLeastMs, atMostMs] })),
    })),
    // What follows its name in a picture's mark is when and at which values it was taken.
    marks: marks.map(({ type, text }) => ({ mark: `${type} : ${text.replace(/, entre \+ .*$/s, "")}` })),
  };
  return { type: "data", value };
}
