import type { Event, RunStarted } from "../../model/event.ts";
import { lastEnd } from "../../model/last-end.ts";
import type { Result, Statement } from "./statement.ts";

type Predicate = Statement["predicate"];

/** What the journal says of a run, in the words of a test result: steps by outcome, the documents that decided what ran. */
export function testResults(
  events: readonly Event[],
): Pick<Predicate, "result" | "configuration" | "passedTests" | "warnedTests" | "failedTests"> {
  const started = events.find((event) => event.type === "run-started");
  const finished = lastEnd(events);
  const outcomes = new Map(
    events.flatMap((event) => (event.type === "step-finished" ? [[event.step, event.outcome] as const] : [])),
  );
  const steps = started?.type === "run-started" ? started.steps.map(({ step }) => step) : [];
  const of = (wanted: (status: string | undefined) => boolean): string[] =>
    steps.filter((step) => wanted(outcomes.get(step)?.status)).map((step) => `#${step}`);
  const failedTests = of((status) => status === "failed" || status === "blocked" || status === "errored");
  const warnedTests = of((status) => status === undefined || status === "skipped");
  const filled = new Set(
    events.flatMap((event) =>
      event.type === "placeholder-filled" || event.type === "figure-reused" || event.type === "figure-given"
        ? [event.placeholder]
        : [],
    ),
  );
  const whole = finished !== undefined && !finished.interrupted;
  const holes = finished !== undefined ? finished.placeholders.expected - filled.size : 1;
  const result: Result = failedTests.length > 0 || !whole ? "FAILED" : holes > 0 ? "WARNED" : "PASSED";
  const configuration = started?.type === "run-started" ? configurationOf(started) : [];
  return { result, configuration, passedTests: of((status) => status === "passed"), warnedTests, failedTests };
}

function configurationOf({ runbooks, settings, inventory }: RunStarted): Statement["subject"] {
  return [...runbooks, settings, ...(inventory.bases ?? []), inventory.source].map(({ file, sha256 }) => ({
    name: `data/runbook/${file}`,
    digest: { sha256 },
  }));
}
