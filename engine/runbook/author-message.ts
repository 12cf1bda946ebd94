import type { VFile } from "vfile";
import type { Place } from "../model/place.ts";

/** An author's mistake: where, against which rule, what is wrong, what to write instead. */
export interface AuthorMessage {
  readonly rule: string;
  /** Absent only for what came from the command line. */
  readonly place: Pick<Place, "line" | "column"> | undefined;
  readonly reason: string;
  readonly remedy: string;
  /** An error unless said otherwise. */
  readonly severity?: "error" | "warning";
}

/** Takes an author's mistake; every stage of the parser is handed one. */
export type Report = (message: AuthorMessage) => void;

/** Writes messages on a file; the same one at the same place is written once (a section's mistake concerns many blocks). */
export function reporterFor(file: VFile): Report {
  return ({ rule, place, reason, remedy, severity = "error" }) => {
    const known = file.messages.some(
      (message) =>
        message.ruleId === rule &&
        message.reason === reason &&
        message.line === place?.line &&
        message.column === place?.column,
    );
    if (known) return;
    const message = file.message(reason, {
      ruleId: rule,
      source: "constat",
      ...(place && { place: { line: place.line, column: place.column } }),
    });
    message.fatal = severity === "error";
    message.note = remedy;
  };
}
