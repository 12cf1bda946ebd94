import type { Inventory } from "../model/inventory.ts";
import type { Need } from "../model/need.ts";
import type { Plan, PlannedPlaceholder, Step } from "../model/plan.ts";
import type { Block, Runbook } from "../model/runbook.ts";
import type { Values } from "../model/values.ts";
import { type Choice, chooseCandidates, type Placed, whyNotChosen } from "./candidates.ts";
import { checkValues } from "./check-values.ts";
import { orderWithCompanions } from "./companions.ts";
import { fillBudgets } from "./fill-budgets.ts";
import { roleProblems } from "./ha-roles.ts";
import { lacksOf, NOBODY } from "./lacks.ts";
import { neverChosen } from "./never-chosen.ts";
import { leftOutByOffer } from "./offers.ts";
import { cycleProblem, doubleIds, missingChapters, unrunnable } from "./plan-checks.ts";
import { inReadingOrder, type PlanProblem } from "./plan-problem.ts";
import { checkReferences } from "./references.ts";
import { resolvedNeeds } from "./resolved-needs.ts";
import { type Only, selectSteps, unknownInSelection } from "./select-steps.ts";
import { targetsOf } from "./targets.ts";
import { knownBefore } from "./values-for.ts";

export interface PlanInput {
  readonly runbooks: readonly Runbook[];
  readonly inventory: Inventory;
  /** What a target must offer for a block; the kinds know. */
  readonly needsOf: (block: Block) => readonly Need[];
  /** The author's mistakes in a block's body that only the values known before a run show; the kinds know. */
  readonly mistakesOf?: ((block: Block, known: Values) => readonly PlanProblem[]) | undefined;
  /** Chapter numbers in the order of the report; all that exist, ascending, when absent. */
  readonly scope?: readonly number[] | undefined;
  readonly only?: Only | undefined;
  /** Whether someone can do what a block asks of a person, or did it beforehand; yes unless said otherwise. */
  readonly operatorFor?: ((block: Block) => boolean) | undefined;
}

export interface Planned {
  readonly plan: Plan;
  readonly problems: readonly PlanProblem[];
}

/**
 * Makes the plan: every block in scope with its targets, in document order (chapters in the order of the scope), moved only where
 * `needs` asks for it (see `orderByNeeds`), `cleanup` steps last. For each placeholder the first block that this site can run is chosen. Blocks
 * without a target are not in the plan, and say why in `problems`. Touches nothing.
 */
export function planRun(input: PlanInput): Planned {
  const { inventory, needsOf, mistakesOf = () => [], scope, only = {}, operatorFor = () => true } = input;
  const variables = input.runbooks.flatMap((runbook) => runbook.variables);
  const before = knownBefore(variables, inventory);
  const { runbooks, problems: ofBudgets } = fillBudgets(input.runbooks, before);
  const inScope = runbooksInScope(runbooks, scope);
  const chapters = scope ?? [...new Set(inScope.map(({ chapter }) => chapter))];
  const blocks = firstOfEach(
    inScope.flatMap((runbook) => runbook.blocks),
    ({ id }) => id,
  );
  const byId = new Map(blocks.map((block) => [block.id, block]));
  const elsewhere = runbooks.filter((runbook) => !inScope.includes(runbook)).flatMap((runbook) => runbook.blocks);
  // What a site does not run needs no value there.
  const wanted = blocks.filter((block) => leftOutByOffer(block, inventory, before) === undefined);
  const problems: PlanProblem[] = [
    // A chapter asked for on the command line is judged there.
    ...missingChapters(
      chapters.filter((chapter) => !only.chapters?.includes(chapter)),
      inScope,
    ),
    ...doubleIds(inScope.flatMap((runbook) => runbook.blocks)),
    ...checkReferences(blocks, byId, new Map(elsewhere.map((block) => [block.id, block]))),
    ...roleProblems(blocks, inventory),
    ...checkValues(variables, wanted, inventory),
    ...ofBudgets,
    ...wanted.flatMap((block) => mistakesOf(block, before)),
  ];

  const placed = blocks.map((block): Placed => {
    const targets = targetsOf(block, inventory, (problem) => problems.push(problem));
    const unwanted = leftOutByOffer(block, inventory, before);
    if (unwanted !== undefined) return { id: block.id, block, targets, lacks: [unwanted], unwanted };
    const needs = needsOf(block);
    const nobody = needs.includes("operator") && !operatorFor(block) ? [NOBODY] : [];
    return { id: block.id, block, targets, lacks: [...lacksOf(needs, targets, inventory), ...nobody] };
  });
  const choices = chooseCandidates(inScope, placed);
  problems.push(...neverChosen(choices, ({ block }) => needsOf(block)), ...unrunnable(placed, choices));

  const placeholders = choices.map(plannedPlaceholder);
  const { items, cycles } = orderWithCompanions(cleanupLast(placed), ({ block }) => resolvedNeeds(block, placeholders));
  problems.push(...cycles.flatMap((cycle) => cycleProblem(cycle, byId)));
  const steps = items
    .filter(({ targets }) => targets.length > 0)
    .map((each, index) => stepOf(each, index + 1, choices));
  problems.push(...unknownInSelection(steps, only, inventory));

  const plan: Plan = {
    runbooks: inScope,
    steps: selectSteps(steps, only, inventory),
    placeholders,
    variables: firstOfEach(variables, ({ name }) => name),
    scope: chapters.toSorted((a, b) => a - b),
  };
  return { plan, problems: inReadingOrder(problems) };
}

function runbooksInScope(runbooks: readonly Runbook[], scope: readonly number[] | undefined): readonly Runbook[] {
  const byChapter = runbooks.toSorted((a, b) => a.chapter - b.chapter || (a.file < b.file ? -1 : 1));
  if (scope === undefined) return byChapter;
  return [...new Set(scope)].flatMap((chapter) => byChapter.filter((runbook) => runbook.chapter === chapter));
}

function cleanupLast(placed: readonly Placed[]): readonly Placed[] {
  const isCleanup = ({ block }: Placed) => block.settings.cleanup === true;
  return [...placed.filter((each) => !isCleanup(each)), ...placed.filter(isCleanup)];
}

function plannedPlaceholder({ placeholder, candidates, chosen }: Choice): PlannedPlaceholder {
  const ids = candidates.map(({ id }) => id);
  return { placeholder, candidates: ids, ...(chosen !== undefined && { chosen: chosen.id }) };
}

function stepOf(placed: Placed, ordinal: number, choices: readonly Choice[]): Step {
  const { id, block, targets } = placed;
  const serving = choices.filter(({ candidates }) => candidates.includes(placed));
  const own = serving.find(({ placeholder }) => placeholder.caption === block.settings.capture);
  const shots = serving.filter((choice) => choice !== own && choice.chosen === placed);
  const text = placed.unwanted ?? leftOutBecause(placed, own, serving);
  return {
    id,
    ordinal,
    block,
    targets,
    ...(own?.chosen === placed && { fills: own.placeholder.id }),
    ...(shots.length > 0 && {
      shots: Object.fromEntries(shots.map(({ placeholder }) => [placeholder.caption, placeholder.id])),
    }),
    ...(text !== undefined && { leftOut: { because: "not-chosen", text } }),
  };
}

/** A block that takes pictures on the way has its own purpose: that others serve its captions better does not stop it, a lack does. */
function leftOutBecause(placed: Placed, own: Choice | undefined, serving: readonly Choice[]): string | undefined {
  if (own !== undefined) return whyNotChosen(own, placed);
  return serving.length > 0 ? placed.lacks[0] : undefined;
}

function firstOfEach<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return items.filter((item, index) => items.findIndex((other) => keyOf(other) === keyOf(item)) === index);
}
