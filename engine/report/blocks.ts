import type { RunRecord } from "../evidence/index.ts";
import type { Language } from "../model/report.ts";
import type { ExecutedBlock, Status } from "../model/report-body.ts";
import type { Block, Runbook } from "../model/runbook.ts";
import { blockResults } from "./block-results.ts";
import type { Filling } from "./figures.ts";
import { type RunFacts, retainedTry } from "./run-facts.ts";
import { toStatus } from "./status.ts";

/** Every block of the report in order, by its id. */
export async function executedBlocks(
  record: RunRecord,
  facts: RunFacts,
  runbooks: readonly Runbook[],
  fillings: ReadonlyMap<string, Filling>,
  language: Language,
): Promise<ReadonlyMap<string, ExecutedBlock>> {
  const blocks = runbooks.flatMap((runbook) => runbook.blocks);
  const executed = new Map<string, ExecutedBlock>();
  for (const [index, block] of blocks.entries()) {
    executed.set(block.id, await toExecuted(record, facts, block, index + 1, fillings, language));
  }
  return executed;
}

async function toExecuted(
  record: RunRecord,
  facts: RunFacts,
  block: Block,
  number: number,
  fillings: ReadonlyMap<string, Filling>,
  language: Language,
): Promise<ExecutedBlock> {
  const figure = figureOf(block, fillings);
  const { show } = block.settings;
  const results = await blockResults(record, facts, block, { language, inFigure: figure !== null });
  const texts = new Set(results.map(({ sent }) => sent));
  const [common = block.body] = texts;
  const shared = texts.size < 2;
  return {
    number,
    anchor: `bloc-${block.id}`,
    step: block.id,
    kind: block.kind,
    role: block.role,
    requirements: block.settings.exigence ?? [],
    targets: facts.steps.get(block.id)?.targets ?? [],
    status: statusOf(facts, block, language),
    show: {
      // A figure of a terminal shows what was sent as well: once is enough.
      sent: (show === "all" || show === "command") && figure?.type !== "terminal",
      output: show === "all" || show === "output",
    },
    sent: shared ? common : "",
    results: shared ? results.map((result) => ({ ...result, sent: "" })) : results,
    satisfied: results.length === 0 ? [] : satisfiedTargets(facts, block.id),
    homogeneous: facts.outcomes.get(block.id)?.homogeneous ?? null,
    figure,
  };
}

function statusOf(facts: RunFacts, block: Block, language: Language): Status {
  return toStatus(facts.outcomes.get(block.id)?.outcome, language);
}

/** Targets without a try of their own for which a guard passed. */
function satisfiedTargets(facts: RunFacts, step: string): readonly string[] {
  const guarded = [...facts.attempts.values()].filter(
    ({ started, finished }) =>
      started.purpose === "guard" && started.onBehalfOf === step && finished?.outcome.status === "passed",
  );
  const targets = facts.steps.get(step)?.targets ?? [];
  return targets.filter(
    (target) =>
      guarded.some(({ started }) => started.target === target) && retainedTry(facts, step, target) === undefined,
  );
}

/** The figure of this run that came from this block. */
function figureOf(block: Block, fillings: ReadonlyMap<string, Filling>): ExecutedBlock["figure"] {
  for (const filling of fillings.values()) {
    if (filling.type !== "figure" || filling.figure.step !== block.id || filling.figure.reused !== null) continue;
    const { number, anchor, content } = filling.figure;
    return { number, anchor, type: content.type };
  }
  return null;
}
