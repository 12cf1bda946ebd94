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
  const actionOf = ({ id, block }: Placed): string | undefined => {
    const { during } = block.settings;
    return during !== undefined && during !== id && known.has(during) ? during : undefined;
  };
  const accompanied = new Map(placed.flatMap((each) => [[each.id, actionOf(each) ?? each.id] as const]));
  const companionsOf = (id: string) => placed.filter((each) => actionOf(each) === id);
  const { items, cycles } = orderByNeeds(
    placed.filter((each) => actionOf(each) === undefined),
    (item) => [item, ...companionsOf(item.id)].flatMap(needsOf).map((id) => accompanied.get(id) ?? id),
  );
  return { items: items.flatMap((item) => [...companionsOf(item.id), item]), cycles };
}
