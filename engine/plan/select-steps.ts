import type { Inventory } from "../model/inventory.ts";
import type { Step } from "../model/plan.ts";
import type { PlanProblem } from "./plan-problem.ts";
import { expandTargets } from "./targets.ts";

/** What the operator wants to run of a plan: a step must satisfy each list that is given; within a list one word is enough. */
export interface Only {
  readonly steps?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
  /** Node names, `@group`, `local`: a step keeps those of its targets. */
  readonly nodes?: readonly string[] | undefined;
  readonly chapters?: readonly number[] | undefined;
  /** The first and the last step of a stretch; what accompanies an action goes with it, and clean-up is done whatever it is. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/**
 * Marks the steps that the operator does not want, and takes the other nodes off those that remain. Nothing leaves the plan: guards and
 * verifications of the chosen steps are still found in it.
 */
export function selectSteps(steps: readonly Step[], only: Only, inventory: Inventory): readonly Step[] {
  const nodes = only.nodes && expandTargets(only.nodes, inventory);
  const wanted = nodes?.ok ? nodes.names : undefined;
  return steps.map((step) => {
    const targets = wanted === undefined ? step.targets : step.targets.filter((target) => wanted.includes(target));
    const because =
      targets.length === 0
        ? `aucun de ses nœuds n’est demandé (${only.nodes?.join(", ")})`
        : (unwantedBecause(step, only) ?? outsideBecause(step, steps, only));
    if (because === undefined) return { ...step, targets };
    return { ...step, leftOut: step.leftOut ?? { because: "deselected", text: `hors de la sélection : ${because}` } };
  });
}

/** Words of a selection that name nothing. Their place is the command line. */
export function unknownInSelection(steps: readonly Step[], only: Only, inventory: Inventory): readonly PlanProblem[] {
  const place = { file: "ligne de commande", line: 1, column: 1 };
  const nodes = only.nodes && expandTargets(only.nodes, inventory);
  const check = <T>(noun: string, words: readonly T[] | undefined, known: ReadonlySet<T>) =>
    (words ?? [])
      .filter((word) => !known.has(word))
      .map((word) => ({
        place,
        reason: `${noun} ne correspond à aucune étape : « ${word} »`,
        remedy: known.size === 0 ? "retirez ce choix" : `le plan connaît : ${[...known].join(", ")}`,
      }));
  return [
    ...check(
      "l’étape demandée",
      [...(only.steps ?? []), ...[only.from, only.until].flatMap((id) => id ?? [])],
      new Set(steps.map(({ id }) => id)),
    ),
    ...check("l’étiquette demandée", only.tags, new Set(steps.flatMap(({ block }) => block.settings.tags ?? []))),
    ...check("le chapitre demandé", only.chapters, new Set(steps.map(({ block }) => block.chapter))),
    ...(nodes && !nodes.ok ? [{ place, reason: nodes.reason, remedy: nodes.remedy }] : []),
  ];
}

function outsideBecause(step: Step, steps: readonly Step[], { from, until }: Only): string | undefined {
  if (step.block.settings.cleanup === true) return undefined;
  // What accompanies an action stands right before it, and begins with it.
  const placeOf = (id: string): number => steps.findIndex((each) => each.id === id);
  const own = Math.max(placeOf(step.id), ...(step.block.settings.during ?? []).map(placeOf));
  if (from !== undefined && own < placeOf(from)) return `avant #${from}`;
  if (until !== undefined && own > placeOf(until)) return `après #${until}`;
  return undefined;
}

function unwantedBecause({ id, block }: Step, { steps, tags, chapters }: Only): string | undefined {
  if (steps !== undefined && !steps.includes(id)) return `seules les étapes ${steps.join(", ")} sont demandées`;
  if (chapters !== undefined && !chapters.includes(block.chapter))
    return `seul le chapitre ${chapters.join(", ")} est demandé`;
  if (tags !== undefined && !tags.some((tag) => block.settings.tags?.includes(tag))) {
    return `aucune de ses étiquettes n’est demandée (${tags.join(", ")})`;
  }
  return undefined;
}
