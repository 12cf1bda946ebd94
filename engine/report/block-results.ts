import type { RunRecord } from "../evidence/index.ts";
import type { Language } from "../model/report.ts";
import type { BlockResult } from "../model/report-body.ts";
import type { Block } from "../model/runbook.ts";
import { alikeAttempts } from "./alike-attempts.ts";
import { attemptOutput } from "./attempt-output.ts";
import { foldRule } from "./fold-lines.ts";
import { toPicture } from "./picture.ts";
import { type AttemptFacts, type RunFacts, retainedTry, triesOf } from "./run-facts.ts";
import { shownAttestation } from "./shown-attestation.ts";
import { shownTimeline } from "./shown-timeline.ts";
import { toSighting } from "./sighting.ts";
import { toStatus } from "./status.ts";

export interface ResultOptions {
  readonly language: Language;
  /** The figure that already shows this block's output or picture. */
  readonly inFigure: boolean;
}

/** What each target answered to a block; targets that answered exactly alike share one result. */
export async function blockResults(
  record: RunRecord,
  facts: RunFacts,
  block: Block,
  options: ResultOptions,
): Promise<readonly BlockResult[]> {
  const targets = facts.steps.get(block.id)?.targets ?? [];
  const attempts = targets.flatMap((target) => retainedTry(facts, block.id, target) ?? []);
  return Promise.all(alikeAttempts(attempts).map((alike) => toResult(record, facts, block, alike, options)));
}

async function toResult(
  record: RunRecord,
  facts: RunFacts,
  block: Block,
  alike: readonly AttemptFacts[],
  { language, inFigure }: ResultOptions,
): Promise<BlockResult> {
  const [first] = alike;
  const outcome = first?.finished?.outcome;
  const judgements = outcome !== undefined && "judgements" in outcome ? outcome.judgements : [];
  const figure = first?.finished?.figure ?? null;
  return {
    sightings: alike.map((attempt) => ({
      ...toSighting(facts, attempt),
      durationMs: attempt.finished?.durationMs ?? 0,
      tries: triesOf(facts, block.id, attempt.started.target).length,
    })),
    sent: first?.started.sent ?? "",
    answer: first?.finished?.answer ?? "",
    status: toStatus(outcome, language),
    judgements,
    terminals: inFigure
      ? []
      : await attemptOutput(record, first?.finished?.artefacts ?? [], {
          fold: foldRule(block.settings.fold),
          judgements,
        }),
    picture: !inFigure && figure?.type === "picture" ? toPicture(figure) : null,
    timeline: await shownTimeline(record, first?.finished?.artefacts ?? [], language),
    attestation: await shownAttestation(record, first?.finished?.artefacts ?? []),
  };
}
