import type { Timeline, TimelinePoint } from "../../model/timeline.ts";
import { sampleKind, sampleName, sampleSubject, type WatchSample } from "../../model/watch-spec.ts";
import type { Task } from "../kind.ts";

/** One source of a time line: what was asked, of whom, from where, and what came of it. */
export function sourceOf(
  sample: WatchSample,
  task: Pick<Task, "target">,
  points: TimelinePoint[],
): Timeline["sources"][number] {
  return {
    name: sampleName(sample),
    what: sampleKind(sample),
    subject: sampleSubject(sample),
    from: fromOf(sample, task),
    points,
  };
}

function fromOf(sample: WatchSample, { target }: Pick<Task, "target">): string {
  if ("http" in sample) return "local";
  return sample.from ?? (target.type === "node" ? target.node.name : "local");
}
