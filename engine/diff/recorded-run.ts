import { sha256 } from "../base/digest.ts";
import { ProblemError } from "../base/problem.ts";
import type { RunRecord } from "../evidence/index.ts";
import type {
  Artefact,
  AttemptFinished,
  AttemptStarted,
  FigureGiven,
  FigureReused,
  NodeIdentified,
  PlaceholderFilled,
  RunStarted,
  StepFinished,
} from "../model/event.ts";
import { lastEnd } from "../model/last-end.ts";

/** The attempt of a step on a target that counts, or that came last. */
export interface RecordedAttempt {
  readonly started: AttemptStarted;
  /** Undefined when the run broke off in the middle. */
  readonly finished: AttemptFinished | undefined;
  /** How many there were for the step's own sake. */
  readonly tries: number;
}

/** What a run's journal says, as a comparison asks for it. */
export interface RecordedRun {
  readonly record: RunRecord;
  readonly started: RunStarted & { readonly at: string };
  readonly finishedAt: string | undefined;
  readonly nodes: ReadonlyMap<string, NodeIdentified>;
  readonly steps: ReadonlyMap<string, StepFinished>;
  readonly fills: ReadonlyMap<string, PlaceholderFilled | FigureReused | FigureGiven>;
  attempt(step: string, target: string): RecordedAttempt | undefined;
  /** Targets on which a step was tried or meant to be. */
  targets(step: string): readonly string[];
}

/** Folds a run's events. With `latest` the last attempt that passed counts, whyever it was made: what a check saw after everything was done. Throws ProblemError DIFF_NO_RUN when the journal does not begin with the start of a run. */
export function recordedRun(
  record: RunRecord,
  { latest = false }: { readonly latest?: boolean | undefined } = {},
): RecordedRun {
  const started = record.events.find((event) => event.type === "run-started");
  if (started?.type !== "run-started") {
    throw new ProblemError("DIFF_NO_RUN", `Le journal de ${record.run} ne commence pas par le début d’une exécution.`, {
      scope: "environment",
      hint: `« constat audit ${record.folder} » dit ce qui lui manque.`,
    });
  }
  const nodes = new Map<string, NodeIdentified>();
  const steps = new Map<string, StepFinished>();
  const fills = new Map<string, PlaceholderFilled | FigureReused | FigureGiven>();
  const begun = new Map<number, AttemptStarted>();
  const ended = new Map<number, AttemptFinished>();
  for (const event of record.events) {
    if (event.type === "node-identified") nodes.set(event.node, event);
    if (event.type === "step-finished") steps.set(event.step, event);
    if (event.type === "placeholder-filled" || event.type === "figure-reused" || event.type === "figure-given")
      fills.set(event.placeholder, event);
    if (event.type === "attempt-started") begun.set(event.attempt, event);
    if (event.type === "attempt-finished") ended.set(event.attempt, event);
  }
  const own = Map.groupBy(
    [...begun.values()].filter(({ purpose }) => purpose === "run" || latest),
    ({ step }) => step,
  );
  const planned = new Map(started.steps.map(({ step, targets }) => [step, targets]));
  return {
    record,
    started,
    finishedAt: lastEnd(record.events)?.at,
    nodes,
    steps,
    fills,
    attempt: (step, target) => {
      const tries = (own.get(step) ?? []).filter((each) => each.target === target);
      const last = latest
        ? tries.findLast(({ attempt }) => ended.get(attempt)?.outcome.status === "passed")
        : undefined;
      const retained = last ?? begun.get(steps.get(step)?.retained[target] ?? 0) ?? tries.at(-1);
      if (retained === undefined) return undefined;
      return { started: retained, finished: ended.get(retained.attempt), tries: tries.length };
    },
    targets: (step) => {
      return [...new Set([...(planned.get(step) ?? []), ...(own.get(step) ?? []).map(({ target }) => target)])];
    },
  };
}

/** A file that the journal names: its bytes, or in French why nothing can be said of it. Never throws for what is wrong with it. */
export async function readPiece(
  run: Pick<RecordedRun, "record">,
  { path, sha256: digest }: Pick<Artefact, "path" | "sha256">,
): Promise<{ readonly bytes: Buffer } | { readonly lost: string }> {
  try {
    const bytes = await run.record.read(path);
    if (sha256(bytes) === digest) return { bytes };
    return { lost: `${path} n’a plus l’empreinte que le journal lui connaît` };
  } catch {
    return { lost: `${path} manque dans le dossier` };
  }
}
