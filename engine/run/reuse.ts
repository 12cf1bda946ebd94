import { sha256 } from "../base/digest.ts";
import { isProblem, ProblemError } from "../base/problem.ts";
import type { RunRecord } from "../evidence/index.ts";
import type {
  Artefact,
  AttemptFinished,
  AttemptStarted,
  Event,
  FigureGiven,
  FigureReused,
  PlaceholderFilled,
} from "../model/event.ts";
import type { RunContext, RunState } from "./context.ts";

/** An earlier run that figures may be taken over from, with its journal's head. */
export interface EarlierRun {
  readonly record: RunRecord;
  readonly head: string;
}

/**
 * Fills what this run could not see any more (the state before a change that is made already) with the figure of an earlier run:
 * only for steps that were skipped because the work is done, and where nothing can serve the placeholder here (a person's picture, and
 * nobody is there). The figure keeps its own date and names its run.
 */
export async function reuseFigures(context: RunContext, state: RunState, earlier: EarlierRun): Promise<void> {
  for (const { placeholder, chosen } of context.plan.placeholders) {
    const outcome = chosen === undefined ? undefined : state.outcomes.get(chosen);
    const done = outcome?.status === "skipped" && outcome.because === "satisfied";
    if (state.filled.has(placeholder.id) || !(done || chosen === undefined)) continue;
    const reused = await takeOver(placeholder.id, context, earlier).catch((error: unknown) => {
      if (!isProblem(error) || error.code === "EVIDENCE_WRITE_FAILED") throw error;
      context.live({ type: "progress", step: chosen ?? "", target: "reprise", text: error.message });
      return undefined;
    });
    if (reused === undefined) continue;
    await context.emit(reused);
    state.filled.add(placeholder.id);
  }
  await context.folder.commit();
}

async function takeOver(
  placeholder: string,
  context: RunContext,
  { record, head }: EarlierRun,
): Promise<FigureReused | undefined> {
  // The last one counts, as in the report of that run.
  const filled = record.events.findLast(
    (event): event is Event & (FigureReused | FigureGiven | PlaceholderFilled) =>
      (event.type === "figure-reused" || event.type === "figure-given" || event.type === "placeholder-filled") &&
      event.placeholder === placeholder,
  );
  if (filled?.type === "figure-reused") {
    const artefacts = await copyAll(filled.artefacts, context, record);
    return { ...bodyOf(filled), figure: withCopied(filled.figure, filled.artefacts, artefacts), artefacts };
  }
  if (filled?.type === "figure-given") return await takeOverGiven(filled, context, { record, head });
  const attempt = filled?.attempts[0];
  const started = record.events.find(
    (event): event is Event & AttemptStarted => event.type === "attempt-started" && event.attempt === attempt,
  );
  const finished = record.events.find(
    (event): event is Event & AttemptFinished => event.type === "attempt-finished" && event.attempt === attempt,
  );
  if (filled === undefined || started === undefined || finished === undefined) return undefined;
  const artefacts = await copyAll(finished.artefacts, context, record);
  return {
    type: "figure-reused",
    placeholder,
    from: { run: record.run, head, at: filled.at, seq: filled.seq },
    figure: withCopied(filled.figure, finished.artefacts, artefacts),
    artefacts,
    sent: started.sent,
    target: started.target,
    answer: finished.answer,
  };
}

/** A picture that a person added to the earlier run: who it was goes along with it. */
async function takeOverGiven(
  { placeholder, by, at, seq, attestation, figure, artefacts }: Event & FigureGiven,
  context: RunContext,
  { record, head }: EarlierRun,
): Promise<FigureReused> {
  const copied = await copyAll(artefacts, context, record);
  const who = `${by.user}@${by.host}`;
  const shown = figure.type === "picture" ? { ...figure, url: `image donnée par ${who} : ${figure.url}` } : figure;
  return {
    type: "figure-reused",
    placeholder,
    from: { run: record.run, head, at, seq },
    figure: withCopied(shown, artefacts, copied),
    artefacts: copied,
    sent: attestation.text,
    target: "local",
    answer: who,
  };
}

/** The event without what the journal added to it. */
function bodyOf({ type, placeholder, from, figure, artefacts, sent, target, answer }: FigureReused): FigureReused {
  return { type, placeholder, from, figure, artefacts, sent, target, answer };
}

async function copyAll(
  artefacts: readonly Artefact[],
  context: RunContext,
  record: RunRecord,
): Promise<readonly Artefact[]> {
  const read = await Promise.all(
    artefacts.map(async (artefact) => ({ artefact, bytes: await record.read(artefact.path) })),
  );
  const changed = read.find(({ artefact, bytes }) => sha256(bytes) !== artefact.sha256)?.artefact;
  if (changed !== undefined) {
    throw new ProblemError(
      "REUSE_BROKEN",
      `La pièce ${changed.path} de ${record.run} a changé : elle n’est pas reprise.`,
      {
        scope: "environment",
        hint: `« constat audit ${record.folder} » dit ce qui a changé.`,
      },
    );
  }
  return Promise.all(
    read.map(({ artefact: { role, mediaType }, bytes }) => context.folder.keep(role, bytes, mediaType)),
  );
}

function withCopied<F extends FigureReused["figure"]>(
  figure: F,
  before: readonly Artefact[],
  after: readonly Artefact[],
): F {
  if (figure.type !== "picture") return figure;
  const index = before.findIndex(({ sha256 }) => sha256 === figure.picture.sha256);
  return { ...figure, picture: after[index] ?? figure.picture };
}
