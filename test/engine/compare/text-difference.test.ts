import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changedWords, compareTexts, ignoring, longestIncreasing } from "../../../engine/compare/index.ts";

const exact = ignoring({ rules: new Set() });
const lines = fc.array(fc.constantFrom<string>("a", "b", "c", "", "d 1", "d 2"), { maxLength: 40 });

/** The older text and the newer one, read back from a difference. */
function sidesOf({ lines: diffed }: ReturnType<typeof compareTexts>) {
  return {
    before: diffed.flatMap((line) => (line.mark === "+" ? [] : [line.mark === "~" ? line.old : line.text])),
    after: diffed.flatMap((line) => (line.mark === "-" ? [] : [line.text])),
  };
}

describe("compareTexts()", () => {
  it("holds both texts whole and in order, whatever they are", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const { before: old, after: now } = sidesOf(compareTexts(before, after, exact));
        expect({ old, now }).toEqual({ old: before, now: after });
      }),
    );
  });

  it("finds nothing between a text and itself, and as much one way as the other", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const same = compareTexts(before, before, exact);
        expect(same.added + same.removed + same.ignored).toBe(0);
        const [there, back] = [compareTexts(before, after, exact), compareTexts(after, before, exact)];
        expect([there.added, there.removed]).toEqual([back.removed, back.added]);
      }),
    );
  });

  it("never takes more away than is needed for one inserted line", () => {
    fc.assert(
      fc.property(lines, fc.nat(), (before, seed) => {
        const at = seed % (before.length + 1);
        const difference = compareTexts(before, before.toSpliced(at, 0, "new"), exact);
        expect([difference.removed, difference.added]).toEqual([0, 1]);
      }),
    );
  });

  it("tells lines that differ only in a volatile part apart from those that are equal", () => {
    const { lines: diffed, ignored } = compareTexts(["a 1", "b", "c"], ["a 2", "b", "d"], {
      neutral: (line) => line.replace(/\d/, "…"),
    });
    expect(diffed.map(({ mark }) => mark).join("")).toBe("~ -+");
    expect(ignored).toBe(1);
  });

  it("goes through sixty thousand lines that share next to nothing", () => {
    const before = Array.from({ length: 30_000 }, (_, index) =>
      index % 1_000 === 0 ? `landmark ${index}` : `old ${index}`,
    );
    const after = Array.from({ length: 30_000 }, (_, index) =>
      index % 1_000 === 0 ? `landmark ${index}` : `new ${index}`,
    );
    const difference = compareTexts(before, after, exact);
    expect([difference.removed, difference.added]).toEqual([29_970, 29_970]);
  });
});

describe("changedWords()", () => {
  it.each([
    ["Quorate: Yes", "Quorate: No", ["Yes"], ["No"]],
    ["a b c d", "a b x d", ["c"], ["x"]],
  ])("of « %s » and « %s » names the words", (before, after, old, now) => {
    const words = changedWords(before, after);
    expect(words?.before.filter(({ changed }) => changed).map(({ text }) => text)).toEqual(old);
    expect(words?.after.filter(({ changed }) => changed).map(({ text }) => text)).toEqual(now);
  });

  it("says nothing of lines that have nothing in common", () => {
    expect(changedWords("rien de tout cela", "something else entirely")).toBeUndefined();
  });
});

describe("longestIncreasing()", () => {
  it("keeps an increasing sequence, and the longest there is", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(50), { maxLength: 9 }), (values) => {
        const kept = [...longestIncreasing(values)].sort((a, b) => a - b).map((index) => values[index] ?? 0);
        expect(kept).toEqual([...kept].sort((a, b) => a - b));
        expect(kept.length).toBe(longestByTrying(values));
      }),
    );
  });
});

function longestByTrying(values: readonly number[]): number {
  let best = 0;
  for (let mask = 0; mask < 1 << values.length; mask += 1) {
    const chosen = values.filter((_, index) => (mask >> index) & 1);
    if (chosen.every((value, index) => index === 0 || value > (chosen[index - 1] ?? 0)))
      best = Math.max(best, chosen.length);
  }
  return best;
}
