import type { Judgement } from "../../model/expectation.ts";
import type { WatchSpec } from "../../model/watch-spec.ts";
import { conditionWords } from "./conditions.ts";
import { longest } from "./interruptions.ts";
import { interruptionWords, seconds } from "./measure-words.ts";
import type { Watched } from "./watcher.ts";

/** What a watch saw against what was expected of it. A bound between two lengths that are both possible is not proven. */
export function judgeWatch(spec: WatchSpec, watched: Watched): readonly Judgement[] {
  return [
    ...watched.timeline.sources.flatMap(measured),
    ...(spec.until === undefined
      ? []
      : [judgeMoment(`l’arrêt quand ${conditionWords(spec.until)}`, watched.untilAt, watched)]),
    ...expectations(spec, watched),
    ...watched.shots.map((shot) => shot.judgement()),
  ];
}

function measured({ name, points }: Watched["timeline"]["sources"][number]): readonly Judgement[] {
  const known = points.filter(({ state }) => state !== "unknown").length;
  if (known > 0) return [];
  const reason = points.find((point) => point.reason !== undefined)?.reason ?? "aucune réponse à temps";
  return [{ ok: false, expected: `des mesures de « ${name} »`, obtained: `aucune : ${reason}` }];
}

function judgeMoment(expected: string, at: number | null, { timeline }: Watched): Judgement {
  const obtained =
    at === null ? `jamais en ${seconds(timeline.durationMs)}` : `après ${seconds(at)}${onClock(timeline.timeScale)}`;
  return { ok: at !== null, expected, obtained };
}

function onClock(timeScale: number): string {
  return timeScale === 1
    ? ""
    : ` à l’horloge (temps du laboratoire ${String(timeScale).replace(".", ",")} fois plus rapide)`;
}

function expectations(spec: WatchSpec, watched: Watched): readonly Judgement[] {
  let reached = 0;
  return spec.expect.map((each) => {
    if ("interruption" in each) return judgeInterruption(each.interruption, watched);
    const at = watched.reachedAt[reached] ?? null;
    reached += 1;
    return judgeMoment(`un moment où ${conditionWords(each.reached)}`, at, watched);
  });
}

type Bounds = Extract<WatchSpec["expect"][number], { interruption: object }>["interruption"];

function judgeInterruption({ of, max, min }: Bounds, { timeline }: Watched): Judgement {
  const { timeScale } = timeline;
  const bounds = [
    ...(min === undefined ? [] : [`d’au moins ${seconds(min)}`]),
    ...(max === undefined ? [] : [`d’au plus ${seconds(max)}`]),
  ];
  const expected = `une interruption de « ${of} » ${bounds.join(" et ")}`;
  const source = timeline.sources.find(({ name }) => name === of);
  if (source === undefined || !source.points.some(({ state }) => state === "ok")) {
    return { ok: false, expected, obtained: "aucune réponse pendant toute la mesure" };
  }
  const all = timeline.interruptions.filter((each) => each.source === of);
  const worst = longest(all);
  const every = seconds(timeline.everyMs * timeScale);
  if (worst === undefined) {
    return {
      ok: min === undefined,
      expected,
      obtained: `aucune interruption vue, avec une mesure toutes les ${every}`,
    };
  }
  const least = worst.atLeastMs * timeScale;
  const most = worst.atMostMs === null ? Number.POSITIVE_INFINITY : worst.atMostMs * timeScale;
  const count = all.length > 1 ? `${all.length} interruptions, la plus longue ` : "";
  const unsure =
    (max !== undefined && least <= max && most > max && worst.atMostMs !== null) ||
    (min !== undefined && least < min && most >= min);
  const doubt = unsure ? " ; l’écart entre deux mesures ne permet pas de conclure, mesurez plus souvent (every)" : "";
  return {
    ok: most <= (max ?? Number.POSITIVE_INFINITY) && least >= (min ?? 0),
    expected,
    obtained: `${count}${interruptionWords(worst, timeScale)}${doubt}`,
  };
}
