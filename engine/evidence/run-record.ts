import type { Event } from "../model/event.ts";

/** A run folder opened for reading: all that report and audit may know. Paths are relative to `data/`, forward slashes. */
export interface RunRecord {
  /** Absolute path of the run folder. */
  readonly folder: string;
  /** The folder's name: the run's id. */
  readonly run: string;
  /** Events in order; what the journal's text really holds, line by line. */
  readonly events: readonly Event[];
  /** The bytes of a file below `data/`. Throws ProblemError EVIDENCE_FILE_MISSING when there is none. */
  read(path: string): Promise<Buffer>;
}
