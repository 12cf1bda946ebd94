import fc from "fast-check";
import { expect, test } from "vitest";
import { orderByNeeds } from "../../../engine/plan/order.ts";

interface Item {
  readonly id: string;
  readonly needs: readonly string[];
}

const needsOf = ({ needs }: Item) => needs;
const idsOf = (items: readonly Item[]) => items.map(({ id }) => id);

/** Items in an order in which each needs earlier ones only; loops are impossible. */
const acyclic = fc
  .array(fc.array(fc.nat(20), { maxLength: 3 }), { maxLength: 20 })
  .map((needs) =>
    needs.map((each, index): Item => ({ id: `${index}`, needs: each.filter((need) => need < index).map(String) })),
  );
const shuffled = acyclic.chain((items) => fc.shuffledSubarray(items, { minLength: items.length }));

test("orderByNeeds() changes nothing where the needs come first already", () => {
  fc.assert(
    fc.property(acyclic, (items) => {
      expect(orderByNeeds(items, needsOf)).toEqual({ items, cycles: [] });
    }),
  );
});

test("orderByNeeds() puts every need before what needs it and loses nothing", () => {
  fc.assert(
    fc.property(shuffled, (items) => {
      const { items: ordered, cycles } = orderByNeeds(items, needsOf);
      expect(cycles).toEqual([]);
      expect(idsOf(ordered).sort()).toEqual(idsOf(items).sort());
      const position = new Map(ordered.map(({ id }, index) => [id, index]));
      for (const { id, needs } of ordered) {
        for (const need of needs) expect(position.get(need)).toBeLessThan(position.get(id) ?? -1);
      }
    }),
  );
});

test("orderByNeeds() is stable: an item moves down only behind what it waits for", () => {
  fc.assert(
    fc.property(shuffled, (items) => {
      const ordered = orderByNeeds(items, needsOf).items;
      const before = new Map(items.map(({ id }, index) => [id, index]));
      for (const [index, item] of ordered.entries()) {
        const overtaken = ordered
          .slice(index + 1)
          .filter(({ id }) => (before.get(id) ?? 0) < (before.get(item.id) ?? 0));
        // Whoever stood before and comes after now could not have stood here: something it needs was still open.
        for (const other of overtaken) {
          const done = new Set(idsOf(ordered.slice(0, index)));
          expect(other.needs.some((need) => !done.has(need))).toBe(true);
        }
      }
    }),
  );
});

test("orderByNeeds() names each loop once and goes on", () => {
  const cases = [
    ["a:b b:a c:a", "a,b,c", ["a,b,a"]],
    ["c:a a:b b:a", "a,c,b", ["a,b,a"]],
    ["a:a b:", "b,a", ["a,a"]],
    ["a:b b:c c:a d:e e:d", "a,c,b,d,e", ["a,b,c,a", "d,e,d"]],
    ["a:absent b:", "a,b", []],
  ] as const;
  for (const [sketch, order, loops] of cases) {
    const items = sketch.split(" ").map((word): Item => {
      const [id = "", need = ""] = word.split(":");
      return { id, needs: need === "" ? [] : [need] };
    });
    const { items: ordered, cycles } = orderByNeeds(items, needsOf);
    expect([idsOf(ordered).join(), cycles.map((cycle) => cycle.join())]).toEqual([order, loops]);
  }
});

test("orderByNeeds() ends and keeps every item, whatever the needs", () => {
  const any = fc
    .array(fc.array(fc.nat(8), { maxLength: 3 }), { maxLength: 9 })
    .map((needs) => needs.map((each, index): Item => ({ id: `${index}`, needs: each.map(String) })));
  fc.assert(
    fc.property(any, (items) => {
      const { items: ordered, cycles } = orderByNeeds(items, needsOf);
      expect(idsOf(ordered).sort()).toEqual(idsOf(items).sort());
      for (const cycle of cycles) {
        expect(cycle.at(0)).toBe(cycle.at(-1));
        for (const [index, id] of cycle.slice(0, -1).entries())
          expect(items[Number(id)]?.needs).toContain(cycle[index + 1]);
      }
    }),
  );
});
