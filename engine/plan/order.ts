/** Something with a name that may have to come after others. */
export interface Orderable {
  readonly id: string;
}

/** The items in order, and the loops that had to be broken: each a list of ids, first and last the same. */
export interface Ordered<T> {
  readonly items: readonly T[];
  readonly cycles: readonly (readonly string[])[];
}

/**
 * Puts every item after those that it needs and keeps the given order otherwise: of all that may come next, the first given comes
 * next. So an order that already respects the needs is not changed, and an item that waits for a later one moves down behind it,
 * alone. Needs outside the list do not count; a loop is broken at its first item.
 */
export function orderByNeeds<T extends Orderable>(
  items: readonly T[],
  needsOf: (item: T) => readonly string[],
): Ordered<T> {
  const waiting = new Map(items.map((item) => [item.id, item]));
  const openNeeds = (item: T) => needsOf(item).filter((id) => waiting.has(id));
  const ordered: T[] = [];
  const cycles: (readonly string[])[] = [];
  while (waiting.size > 0) {
    const all = [...waiting.values()];
    let next = all.find((item) => openNeeds(item).length === 0);
    if (next === undefined) {
      const cycle = cycleFrom(all[0], (id) => needsInOrder(waiting.get(id), openNeeds));
      cycles.push(cycle);
      next = all.find(({ id }) => cycle.includes(id));
    }
    if (next === undefined) break;
    waiting.delete(next.id);
    ordered.push(next);
  }
  return { items: ordered, cycles };
}

function needsInOrder<T extends Orderable>(item: T | undefined, openNeeds: (item: T) => readonly string[]) {
  return item === undefined ? [] : openNeeds(item);
}

/** Walks from need to need until an item comes back; nothing is free, so one must. */
function cycleFrom(start: Orderable | undefined, openNeeds: (id: string) => readonly string[]): readonly string[] {
  const path: string[] = [];
  for (let id = start?.id; id !== undefined; id = openNeeds(id)[0]) {
    const seen = path.indexOf(id);
    if (seen >= 0) return [...path.slice(seen), id];
    path.push(id);
  }
  return path;
}
