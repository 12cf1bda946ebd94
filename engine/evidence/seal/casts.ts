import type { Event } from "../../model/event.ts";
import type { RunRecord } from "../run-record.ts";
import { asciicast, type RecordedAttempt } from "./asciicast.ts";

/** Outputs above this are not derived again as a cast: it would have to be held in memory whole. The bytes themselves are always there. */
const LARGEST = 32 * 1024 * 1024;

/** A cast to be: its path from the run folder, and how to derive its text (undefined when the recorded index does not fit the bytes). */
export interface Cast {
  readonly path: string;
  text(): Promise<string | undefined>;
}

/** The casts that follow from a run's recorded attempts, in order. */
export function castsOf(record: RunRecord): readonly Cast[] {
  return recordedAttempts(record.events).flatMap((attempt) => {
    const artefact = (role: "stdout" | "stderr" | "timing") =>
      attempt.finished.artefacts.find((each) => each.role === role);
    const [stdout, stderr, timing] = [artefact("stdout"), artefact("stderr"), artefact("timing")];
    if (stdout === undefined || stderr === undefined || timing === undefined) return [];
    if (timing.bytes === 0 || stdout.bytes + stderr.bytes > LARGEST) return [];
    if (!/^terminal\/bloc-\d+\.timing$/.test(timing.path)) return [];
    return [
      {
        path: `data/${timing.path.replace(/timing$/, "cast")}`,
        text: async () =>
          asciicast(attempt, {
            stdout: await record.read(stdout.path),
            stderr: await record.read(stderr.path),
            timing: (await record.read(timing.path)).toString("utf8"),
          }),
      },
    ];
  });
}

function recordedAttempts(events: readonly Event[]): readonly RecordedAttempt[] {
  const started = new Map(
    events.flatMap((event) => (event.type === "attempt-started" ? [[event.attempt, event] as const] : [])),
  );
  return events.flatMap((event) => {
    const begun = event.type === "attempt-finished" ? started.get(event.attempt) : undefined;
    return event.type === "attempt-finished" && begun !== undefined ? [{ started: begun, finished: event }] : [];
  });
}
