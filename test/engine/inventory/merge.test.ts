import fc from "fast-check";
import { expect, test } from "vitest";
import { parseInventory } from "../../../engine/inventory/index.ts";
import { merge } from "../../../engine/inventory/merge.ts";
import { chain } from "./support.ts";

const plain = fc.dictionary(fc.string(), fc.jsonValue());

/** Maps in which a key is a map in every file or in none: a node's `ssh: false` over a map over it is no sum of the three. */
const { shaped } = fc.letrec((tie) => ({
  shaped: fc
    .tuple(
      fc.dictionary(fc.stringMatching(/^v[a-c]$/), fc.oneof(fc.integer(), fc.string(), fc.array(fc.integer()))),
      fc.dictionary(
        fc.stringMatching(/^m[a-c]$/),
        fc.oneof({ depthSize: "small", withCrossShrink: true }, fc.constant({}), tie("shaped")),
      ),
    )
    .map(([values, maps]) => ({ ...values, ...maps })),
}));

test("merge() is associative where a key is a map everywhere or nowhere", () => {
  fc.assert(
    fc.property(shaped, shaped, shaped, (a, b, c) => {
      expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)));
    }),
  );
});

test("merge() lets the later side win and loses no key", () => {
  fc.assert(
    fc.property(plain, plain, (a, b) => {
      const merged = merge(a, b);
      expect(Object.keys(merged).sort()).toEqual([...new Set([...Object.keys(a), ...Object.keys(b)])].sort());
      expect(merge(merged, b)).toEqual(merged);
    }),
  );
});

test("inventories about different machines merge in any grouping", () => {
  const node = (name: string) =>
    chain([`${name}.yaml`, `nodes: { ${name}: { address: ${name} } }\nvars: { v${name}: ${name} }`]);
  const [a, b, c] = [node("a"), node("b"), node("c")];
  const whole = parseInventory([...a, ...b, ...c]);
  expect(whole?.nodes.map(({ name }) => name)).toEqual(["a", "b", "c"]);
  expect(whole?.vars).toEqual({ va: "a", vb: "b", vc: "c" });
});
