import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../../engine/base/json.ts";
import {
  blankOut,
  compareJson,
  ignoring,
  isJsonPath,
  readDocument,
  USUAL_RULES,
} from "../../../engine/compare/index.ts";
import { selectJson } from "../../../engine/expect/index.ts";

const usual = ignoring({ rules: USUAL_RULES });
const exact = ignoring({ rules: new Set() });
const json = fc.jsonValue() as fc.Arbitrary<Json>;

describe("compareJson()", () => {
  it.each<[string, Json, Json, readonly string[]]>([
    ["a changed value by its path", { a: { b: 1 } }, { a: { b: 2 } }, ["changed $.a.b"]],
    ["keys that came and went", { a: 1 }, { b: 1 }, ["removed $.a", "added $.b"]],
    ["a key that needs quoting", { "it's": 1 }, { "it's": 2 }, ["changed $['it\\'s']"]],
    ["a member named like a prototype", JSON.parse('{"__proto__":1}') as Json, {}, ["removed $.__proto__"]],
    [
      "members by their name, in any order",
      [
        { id: "a", n: 1 },
        { id: "b", n: 2 },
      ],
      [
        { id: "b", n: 2 },
        { id: "a", n: 3 },
      ],
      ["changed $[?@.id=='a'].n"],
    ],
    [
      "a new member by its name",
      [{ node: "pve1" }],
      [{ node: "pve1" }, { node: "pve2" }],
      ["added $[?@.node=='pve2']"],
    ],
    ["a list without names by its place", [1, 2, 3], [1, 3, 4], ["removed $[1]", "added $[2]"]],
    [
      "members whose name is another each time, by what else they are",
      [{ id: "extModel1-1", name: "x", v: 1 }],
      [{ id: "extModel2-9", name: "x", v: 2 }],
      ["ignored $[?@.name=='x'].id", "changed $[?@.name=='x'].v"],
    ],
    ["another type", { a: [] }, { a: {} }, ["changed $.a"]],
    [
      "what a rule leaves out, with its name",
      { uptime: 1, t: "2026-01-01T00:00:00Z" },
      { uptime: 2, t: "2027-01-01T00:00:00Z" },
      ["ignored $.uptime", "ignored $.t"],
    ],
  ])("tells %s", (_, before, after, expected) => {
    const told = compareJson(before, after, usual).map(
      ({ change, path, rule }) => `${rule === undefined ? change : "ignored"} ${path}`,
    );
    expect(told).toEqual(expected);
  });

  it("finds nothing between a value and itself, and something between any two others", () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        expect(compareJson(one, structuredClone(one) as Json, exact)).toEqual([]);
        const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        if (!same && !reordered(one, other)) expect(compareJson(one, other, exact).length).toBeGreaterThan(0);
      }),
    );
  });

  it("gives paths that lead, by RFC 9535, to the very value that changed", () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        for (const change of compareJson(one, other, exact)) {
          const [root, value] = change.change === "removed" ? [one, change.before] : [other, change.after];
          const selected = selectJson({ path: change.path }, root);
          expect("failed" in selected ? selected.failed : selected.kept.map((each) => each.value)).toEqual([value]);
        }
      }),
    );
  });
});

describe("readDocument()", () => {
  it("tells two numbers apart that a double holds as one", () => {
    expect(readDocument('{"n":9007199254740993}')).not.toEqual(readDocument('{"n":9007199254740992}'));
  });

  it.each(["", "12", '"text"', "{", "OK {}"])("is none for %j", (text) => {
    expect(readDocument(text)).toBeUndefined();
  });
});

describe("blankOut()", () => {
  it("leaves out what a path leads to, and only that", () => {
    const value = {
      data: [
        { id: 1, v: 2 },
        { id: 2, v: 3 },
      ],
      v: 4,
    };
    expect(blankOut(value, ["$.data[*].v"])).toEqual({
      data: [
        { id: 1, v: "…" },
        { id: 2, v: "…" },
      ],
      v: 4,
    });
    expect(blankOut(value, ["$.nowhere"])).toEqual(value);
  });

  it.each([
    ["$.a[*]", true],
    ["$.a[", false],
    ["a", false],
  ])("%s is a path: %s", (text, valid) => {
    expect(isJsonPath(text)).toBe(valid);
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .map(([key, each]) => [key, sorted(each)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}

/** Lists of named members count as equal in any order: those pairs are not asked about. */
function reordered(one: Json, other: Json): boolean {
  return compareJson(one, other, exact).length === 0 && JSON.stringify([one, other]).includes("{");
}
