import type { Course, Language } from "../model/report.ts";
import type { ExecutedBlock } from "../model/report-body.ts";
import { courseChart, type Lane, longestChart } from "./course-charts.ts";
import { type RunFacts, triesOf } from "./run-facts.ts";

/** Steps that a chart of the longest ones shows. */
const LONGEST = 12;

/** How a run went: when each chapter ran, what took longest, what had to be tried again. */
export function courseOf(facts: RunFacts, blocks: readonly ExecutedBlock[], language: Language): Course {
  const began = Date.parse(facts.started.at);
  const durationMs = Math.max(1, Date.parse(facts.endedAt) - began);
  const lanes = lanesOf(facts, began);
  const longest = blocks
    .map(({ number, step, targets }) => ({ number, step, ms: elapsed(facts, step, targets) }))
    .filter(({ ms }) => ms > 0)
    .sort((a, b) => b.ms - a.ms || a.number - b.number)
    .slice(0, LONGEST);
  return {
    timeline: courseChart(lanes, durationMs, language),
    longest: longest.length === 0 ? null : longestChart(longest, language),
    retried: blocks.flatMap(({ step, anchor, targets }) =>
      targets
        .map((target) => ({ step, anchor, target, tries: triesOf(facts, step, target).length }))
        .filter(({ tries }) => tries > 1),
    ),
  };
}

function lanesOf(facts: RunFacts, began: number): readonly Lane[] {
  const lanes = new Map<number, Lane["spans"][number][]>();
  for (const { started, finished } of facts.attempts.values()) {
    const chapter = facts.steps.get(started.step)?.chapter;
    if (chapter === undefined) continue;
    const from = Date.parse(started.at) - began;
    const to = finished === undefined ? from : Date.parse(finished.at) - began;
    // A guard that is not satisfied is no failure.
    const broken = started.purpose === "run" && ["failed", "errored"].includes(finished?.outcome.status ?? "");
    lanes.set(chapter, [...(lanes.get(chapter) ?? []), { from, to, broken }]);
  }
  return [...lanes].sort(([a], [b]) => a - b).map(([chapter, spans]) => ({ chapter, spans }));
}

/** From the first try's start to the last one's end, over all targets, without the time that the run stood still. */
function elapsed(facts: RunFacts, step: string, targets: readonly string[]): number {
  const tries = targets.flatMap((target) => triesOf(facts, step, target));
  const from = Math.min(...tries.map(({ started }) => Date.parse(started.at)));
  const to = Math.max(...tries.map(({ started, finished }) => Date.parse(finished?.at ?? started.at)));
  const still = facts.resumed
    .map(({ since, at }) => Math.min(to, Date.parse(at)) - Math.max(from, Date.parse(since)))
    .reduce((sum, ms) => sum + Math.max(0, ms), 0);
  return tries.length === 0 ? 0 : to - from - still;
}
