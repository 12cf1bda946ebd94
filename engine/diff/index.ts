/** Two run folders → what differs between them. */
export { type ComparedRun, compareRuns, type DiffOptions } from "./compare-runs.ts";
export type { RunDifference } from "./difference.ts";
export { type AskedCheck, askedChecks, driftOf, onlyAsked } from "./drift.ts";
export { toJson } from "./json-form.ts";
export { summaryText } from "./summary-text.ts";
export { writePage } from "./write-page.ts";
