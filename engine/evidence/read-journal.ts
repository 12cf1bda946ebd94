import { readFile } from "node:fs/promises";
import { sha256 } from "../base/digest.ts";
import { isJsonObject } from "../base/json.ts";
import type { Event } from "../model/event.ts";

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

/** Reads a journal without judging it: the audit says what is wrong with it. */
export async function readJournal(path: string): Promise<JournalText> {
  const parts = (await readFile(path, "utf8")).split("\n");
  const torn = parts.pop() ?? "";
  return {
    torn,
    lines: parts.map((text, index) => ({ number: index + 1, text, sha256: sha256(text), event: parseEvent(text) })),
  };
}

function parseEvent(text: string): Event | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isJsonObject(value)) return undefined;
    const wellFormed =
      value["v"] === 1 &&
      Number.isInteger(value["seq"]) &&
      typeof value["at"] === "string" &&
      typeof value["prev"] === "string" &&
      typeof value["type"] === "string";
    return wellFormed ? (value as unknown as Event) : undefined;
  } catch {
    return undefined;
  }
}
