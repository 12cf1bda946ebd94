import { describe, expect, it } from "vitest";
import { conditionWords } from "../../../engine/kinds/watch/condition-words.ts";
import { interruptionsOf } from "../../../engine/kinds/watch/interruptions.ts";
import { judgeWatch } from "../../../engine/kinds/watch/judge-watch.ts";
import { readWatch } from "../../../engine/kinds/watch/read-watch.ts";
import type { TimelinePoint } from "../../../engine/model/timeline.ts";

type State = TimelinePoint["state"];

/** One each second from the start, or at the times that are given. */
function each(states: readonly State[], times?: readonly number[]): TimelinePoint[] {
  return states.map((state, index) => ({
    at: times?.[index] ?? index * 1_000,
    took: 20,
    state,
    ...(state === "unknown" && states[index - 1] !== "unknown" && { reason: "pve1 est perdu" }),
  }));
}

const many = (state: State, count = 60): readonly State[] => Array.from({ length: count }, () => state);

function judged(points: TimelinePoint[], bounds: string, measuredMs?: number, timeScale = 1) {
  const read = readWatch(`samples: [{ ping: x, name: VM }]\nexpect: [{ interruption: { of: VM, ${bounds} } }]`, {});
  if (!read.ok) throw new Error("this body is not a watch");
  const last = points.at(-1)?.at ?? 0;
  const source = { name: "VM", what: "ping" as const, subject: "x", from: "pve1", points };
  return judgeWatch(read.spec, {
    timeline: {
      version: 1,
      startedAt: "2026-01-01T00:00:00.000Z",
      // Pictures are waited for: that is no measuring any more.
      durationMs: last + 3_600_000,
      everyMs: 1_000,
      timeScale,
      sources: [source],
      interruptions: [...interruptionsOf(source)],
      marks: [],
    },
    measuredMs: measuredMs ?? last + 500,
    shots: [],
    untilAt: null,
    reachedAt: [],
  })[0];
}

describe("judgeWatch(), of an interruption", () => {
  it.each<[string, TimelinePoint[], string, number | undefined, RegExp]>([
    [
      "nothing was measured between two answers",
      each(["ok", ...many("unknown"), "ok"]),
      "max: 10s",
      undefined,
      /^non mesuré pendant 61,0 s : pve1 est perdu$/,
    ],
    ["nothing was measured to the end", each(["ok", ...many("unknown")]), "max: 10s", undefined, /pendant 60,5 s/],
    ["nothing was measured at first", each([...many("unknown"), "ok"]), "max: 10s", undefined, /pendant 60,0 s/],
    [
      "two answers are far apart",
      each(["ok", "ok"], [0, 60_000]),
      "max: 10s",
      undefined,
      /pendant 60,0 s : aucune mesure/,
    ],
    ["the last answer is long ago", each(["ok", "ok"]), "max: 10s", 60_000, /pendant 59,0 s/],
    [
      "one interruption was short and another may have been long",
      each(["ok", "failed", "ok", ...many("unknown"), "ok"]),
      "max: 10s",
      undefined,
      /entre 0,0 s et 2,0 s ; non mesuré pendant 61,0 s/,
    ],
  ])("is not proven where %s", (_, points, bounds, measuredMs, obtained) => {
    expect(judged(points, bounds, measuredMs)).toMatchObject({ ok: false, obtained: expect.stringMatching(obtained) });
  });

  it.each<[string, TimelinePoint[], string, number | undefined]>([
    ["blind times are shorter", each(["ok", ...many("unknown", 3), "ok"]), "max: 5s", undefined],
    ["measures come as often as asked", each(["ok", "ok", "ok"], [0, 1_005, 2_040]), "max: 1s", undefined],
    ["the end is not far from the last answer", each(["ok", "ok"]), "max: 1s", 2_900],
    ["a large max bears a long blindness", each(["ok", ...many("unknown"), "ok"]), "max: 5m", undefined],
    ["misses explain it", each(["ok", "failed", ...many("unknown", 3), "ok"]), "max: 6s", undefined],
    ["only min is asked", each(["ok", "failed", "failed", "ok", ...many("unknown"), "ok"]), "min: 1s", undefined],
  ])("holds where %s", (_, points, bounds, measuredMs) => {
    expect(judged(points, bounds, measuredMs)).toMatchObject({ ok: true });
  });

  it("counts blind times in the lab's own time", () => {
    const points = each(["ok", ...many("unknown", 5), "ok"]);
    expect(judged(points, "max: 1m", undefined, 10)).toMatchObject({
      ok: false,
      obtained: expect.stringMatching(
        /^non mesuré pendant 60,2 s \(temps du laboratoire, 10 fois celui de l’horloge : 6,0 s\)/,
      ),
    });
    expect(judged(points, "max: 61s", undefined, 10)).toMatchObject({ ok: true });
  });
});

describe("conditionWords()", () => {
  it.each([
    [[{ of: "nœud", equals: "pve2" }], "nœud (vaut pve2)"],
    [[{ of: "relance ailleurs", count: 1 }], "relance ailleurs (1 valeur)"],
    [[{ of: "relance", count: 0 }], "relance (aucune valeur)"],
    [[{ of: "api", matches: "^pve" }], "api (correspond à /^pve/)"],
    [[{ of: "ping", min: 0.5, max: 3 }], "ping (au moins 0,5, au plus 3)"],
    [
      [{ of: "grappe", path: "$[*]", where: { online: 1, name: "pve3" }, count: 2 }],
      "grappe (dans $[*], où online vaut 1 et name vaut pve3, 2 valeurs)",
    ],
    [[{ of: "ping" }, { of: "api", answers: false }], "ping (répond) et api (ne répond pas)"],
  ])("says %j", (conditions, words) => {
    expect(conditionWords(conditions)).toBe(words);
  });
});
