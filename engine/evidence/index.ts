export { writeAtomically } from "./atomic-file.ts";
export { fileDigest } from "./file-digest.ts";
export { GENESIS } from "./journal.ts";
export { filesBelow, readManifest, updateManifest, writeManifest } from "./manifest.ts";
export { openRun } from "./open-run.ts";
export type { JournalLine, JournalText } from "./read-journal.ts";
export { createRunFolder, latestRun, type RunFolder } from "./run-folder.ts";
export type { RunRecord } from "./run-record.ts";
export { sweepForSecrets } from "./sweep/index.ts";
