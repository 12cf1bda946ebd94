import type { RunRecord } from "../evidence/index.ts";
import { KINDS } from "../kinds/index.ts";
import type { Language } from "../model/report.ts";
import type { ExecutedBlock, Figure, Status } from "../model/report-body.ts";
import type { Block, Runbook } from "../model/runbook.ts";
import type { Values } from "../model/values.ts";
import { blockResults } from "./block-results.ts";
import { decisionsOf, editedBecause } from "./decisions.ts";
import type { Filling } from "./figures.ts";
import { type RunFacts, retainedTry } from "./run-facts.ts";
import { toStatus } from "./status.ts";

export interface BlockParts {
  readonly fillings: ReadonlyMap<string, Filling>;
  readonly language: Language;
  /** What is known at a step that was not sent. */
  values(step: string): Values;
}

/** Every block of the report in order, by its id. */
export async function executedBlocks(
  record: RunRecord,
  facts: RunFacts,
  runbooks: readonly Runbook[],
  parts: BlockParts,
): Promise<ReadonlyMap<string, ExecutedBlock>> {
  const blocks = runbooks.flatMap((runbook) => runbook.blocks);
  const executed = new Map<string, ExecutedBlock>();
  const explained = new Set<number>();
  for (const [index, block] of blocks.entries()) {
    const whole = await toExecuted(record, facts, block, index + 1, parts);
    const first = whole.show.sent && /\bbmc:/.test(whole.sent) && !explained.has(block.chapter);
    if (first) explained.add(block.chapter);
    executed.set(block.id, first ? { ...whole, controllers: controllersOf(whole, parts.values(block.id)) } : whole);
  }
  return executed;
}

async function toExecuted(
  record: RunRecord,
  facts: RunFacts,
  block: Block,
  number: number,
  { fillings, language, values }: BlockParts,
): Promise<ExecutedBlock> {
  const figures = figuresOf(block, fillings);
  const { show } = block.settings;
  const results = await blockResults(record, facts, block, { language, inFigure: figures.length > 0 });
  const texts = new Set(results.map(({ sent }) => sent));
  // What was never sent is told as it would have been.
  const [common = KINDS[block.kind].describe(block, values(block.id))] = texts;
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
    decisions: decisionsOf(facts, block.id, language),
    edited: editedBecause(facts, block.id, language),
    show: {
      // A figure of a terminal shows what was sent as well: once is enough.
      sent: (show === "all" || show === "command") && figures.every(({ content }) => content.type === "picture"),
      output: show === "all" || show === "output",
    },
    sent: shared ? common : "",
    controllers: null,
    results: shared ? results.map((result) => ({ ...result, sent: "" })) : results,
    satisfied: results.length === 0 ? [] : satisfiedTargets(facts, block.id),
    homogeneous: facts.outcomes.get(block.id)?.homogeneous ?? null,
    figures: figures.map(({ number: rank, anchor, content }) => ({ number: rank, anchor, type: content.type })),
  };
}

function statusOf(facts: RunFacts, block: Block, language: Language): Status {
  return toStatus(facts.outcomes.get(block.id)?.outcome, language);
}

/** Where the addresses `bmc:/…` of a block lead. */
function controllersOf({ targets }: ExecutedBlock, values: Values): readonly string[] {
  return targets.flatMap((target) => {
    const host = values[`nodes.${target}.bmc`] ?? "";
    return host === "" ? [] : [`https://${host}`];
  });
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

/** The figures of this run that came from this block: its own, and those of pictures that it took on its way. */
function figuresOf(block: Block, fillings: ReadonlyMap<string, Filling>): readonly Figure[] {
  return [...fillings.values()].flatMap((filling) =>
    filling.type === "figure" && filling.figure.step === block.id && filling.figure.reused === null
      ? [filling.figure]
      : [],
  );
}
