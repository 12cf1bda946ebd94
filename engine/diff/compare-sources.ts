import { compareTexts, type Ignoring } from "../compare/index.ts";
import type { SourceDifference } from "./difference.ts";
import { outputLines } from "./output-text.ts";
import { type RecordedRun, readPiece } from "./recorded-run.ts";

/** Runbooks, inventory and report settings as each run kept them, where they are not the same text. */
export async function compareSources(
  before: RecordedRun,
  after: RecordedRun,
  ignoring: Ignoring,
): Promise<readonly SourceDifference[]> {
  const [old, now] = [sourcesOf(before), sourcesOf(after)];
  const found: SourceDifference[] = [];
  for (const file of new Set([...old.keys(), ...now.keys()])) {
    const [one, other] = [old.get(file), now.get(file)];
    if (one === undefined || other === undefined) {
      found.push({ file, status: one === undefined ? "new" : "gone", text: null, reason: "" });
    } else if (one !== other) {
      const path = `runbook/${file}`;
      const [left, right] = [
        await readPiece(before, { path, sha256: one }),
        await readPiece(after, { path, sha256: other }),
      ];
      if ("lost" in left) found.push({ file, status: "lost", text: null, reason: left.lost });
      else if ("lost" in right) found.push({ file, status: "lost", text: null, reason: right.lost });
      else {
        const text = compareTexts(outputLines(left.bytes), outputLines(right.bytes), ignoring);
        found.push({ file, status: "changed", text, reason: "" });
      }
    }
  }
  return found;
}

/** Whether a source differs beyond what the rules leave out. */
export function sourceDiffers({ status, text }: SourceDifference): boolean {
  return status !== "changed" || text === null || text.added + text.removed > 0;
}

function sourcesOf({ started }: RecordedRun): ReadonlyMap<string, string> {
  const { source, bases = [] } = started.inventory;
  const sources = [...started.runbooks, started.settings, ...bases, source];
  return new Map(sources.map(({ file, sha256 }) => [file, sha256]));
}
