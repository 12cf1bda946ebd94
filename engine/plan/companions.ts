import type { Plan, Step } from "../model/plan.ts";
import type { Placed } from "./candidates.ts";
import { type Ordered, orderByNeeds } from "./order.ts";

/**
 * Puts the steps in order; each one that accompanies an action (`during`) stands right before it. What the companion needs, the action
 * needs too; and who needs the companion waits for the action, since the companion ends last.
 */
export function orderWithCompanions(
  placed: readonly Placed[],
  needsOf: (placed: Placed) => readonly string[],
): Ordered<Placed> {
  const known = new Set(placed.map(({ id }) => id));
  const runs = new Set(
    placed.flatMap(({ id, targets, lacks }) => (targets.length > 0 && lacks.length === 0 ? [id] : [])),
  );
  const actionOf = ({ id, block }: Placed): string | undefined => {
    const named = (block.settings.during ?? []).filter((each) => each !== id && known.has(each));
    return named.find((each) => runs.has(each)) ?? named[0];
  };
  const accompanied = new Map(placed.flatMap((each) => [[each.id, actionOf(each) ?? each.id] as const]));
  const companionsOf = (id: string) => placed.filter((each) => actionOf(each) === id);
  const { items, cycles } = orderByNeeds(
    placed.filter((each) => actionOf(each) === undefined),
    (item) => [item, ...companionsOf(item.id)].flatMap(needsOf).map((id) => accompanied.get(id) ?? id),
  );
  return { items: items.flatMap((item) => [...companionsOf(item.id), item]), cycles };
}

/** The step that another one accompanies: of those that its `during` names the one that is run, else the first; undefined when there is none. */
export function accompaniedBy({ id, block }: Step, { steps }: Plan): Step | undefined {
  const named = (block.settings.during ?? []).flatMap((each) =>
    steps.filter((step) => step.id === each && each !== id),
  );
  return named.find(({ leftOut }) => leftOut === undefined) ?? named[0];
}
