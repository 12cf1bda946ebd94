import { readFile } from "node:fs/promises";
import { sha256 } from "../base/digest.ts";
import { isJsonObject } from "../base/json.ts";
import type { Event } from "../model/event.ts";
import { isEvent } from "./event-schema.ts";

/** One line of a journal as it stands in the file. */
export interface JournalLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  readonly sha256: string;
  /** Undefined when the line is not an event. */
  readonly event: Event | undefined;
}

export interface JournalText {
  readonly lines: readonly JournalLine[];
  /** Bytes after the last line end: a line that a crash cut short, so nothing that was answered. Empty normally. */
  readonly torn: string;
}

const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const LINE_END = 0x0a;

/** Reads a journal without judging it: the audit says what is wrong with it. */
export async function readJournal(path: string): Promise<JournalText> {
  const bytes = await readFile(path);
  const lines: JournalLine[] = [];
  let from = 0;
  for (let end = bytes.indexOf(LINE_END); end >= 0; end = bytes.indexOf(LINE_END, from)) {
    const line = bytes.subarray(from, end);
    // The bytes are what was chained: two different ones may look alike as text.
    lines.push({
      number: lines.length + 1,
      text: line.toString("utf8"),
      sha256: sha256(line),
      event: parseEvent(line),
    });
    from = end + 1;
  }
  return { torn: bytes.subarray(from).toString("utf8"), lines };
}

function parseEvent(line: Uint8Array): Event | undefined {
  try {
    const value: unknown = JSON.parse(DECODER.decode(line));
    return isJsonObject(value) && isEvent(value) ? (value as unknown as Event) : undefined;
  } catch {
    return undefined;
  }
}
