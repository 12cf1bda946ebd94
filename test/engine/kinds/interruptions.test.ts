import { describe, expect, it } from "vitest";
import { interruptionsOf } from "../../../engine/kinds/watch/interruptions.ts";
import { interruptionWords } from "../../../engine/kinds/watch/measure-words.ts";
import type { TimelinePoint } from "../../../engine/model/timeline.ts";

describe("interruptionsOf()", () => {
  const points = (...states: readonly TimelinePoint["state"][]) =>
    states.map((state, index) => ({ at: index * 1_000, took: 10, state }));
  it.each<[string, readonly TimelinePoint[], readonly (readonly [number, number | null])[]]>([
    ["none", points("ok", "ok"), []],
    ["one sample", points("ok", "failed", "ok"), [[0, 2_010]]],
    ["three samples", points("ok", "failed", "failed", "failed", "ok"), [[2_000, 4_010]]],
    [
      "two in a row of samples",
      points("ok", "failed", "ok", "failed", "failed", "ok"),
      [
        [0, 2_010],
        [1_000, 3_010],
      ],
    ],
    ["without an end", points("ok", "failed", "failed"), [[1_000, null]]],
    ["without a beginning", points("failed", "failed", "ok"), [[1_000, null]]],
    ["with a gap in the middle", points("ok", "failed", "unknown", "failed", "ok"), [[2_000, 4_010]]],
    ["a gap alone", points("ok", "unknown", "ok"), []],
  ])("finds %s", (_, given, lengths) => {
    const found = interruptionsOf({ name: "x", points: [...given] });
    expect(found.map(({ atLeastMs, atMostMs }) => [atLeastMs, atMostMs])).toEqual(lengths);
  });

  it("is told with what is not known of it", () => {
    const each = {
      source: "x",
      lastAnswer: 0,
      firstMissed: 1_000,
      lastMissed: 13_000,
      firstAnswer: 14_000,
      atLeastMs: 12_000,
      atMostMs: 14_000,
    };
    expect(interruptionWords(each, 1)).toBe("entre 12,0 s et 14,0 s");
    expect(interruptionWords(each, 5)).toBe(
      "entre 60,0 s et 70,0 s (temps du laboratoire, 5 fois celui de l’horloge : entre 12,0 s et 14,0 s)",
    );
  });
});
