import type { Judgement } from "../../model/expectation.ts";
import type { Timeline } from "../../model/timeline.ts";
import type { WatchSpec } from "../../model/watch-spec.ts";
import { blindTime } from "./blind-time.ts";
import { conditionWords } from "./condition-words.ts";
import { longest } from "./interruptions.ts";
import { blindWords, interruptionWords, seconds } from "./measure-words.ts";
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

function judgeInterruption(bounds: Bounds, { timeline, measuredMs }: Watched): Judgement {
  const { of, max, min } = bounds;
  const words = [
    ...(min === undefined ? [] : [`d’au moins ${seconds(min)}`]),
    ...(max === undefined ? [] : [`d’au plus ${seconds(max)}`]),
  ];
  const expected = `une interruption de « ${of} » ${words.join(" et ")}`;
  const points = timeline.sources.find(({ name }) => name === of)?.points ?? [];
  if (!points.some(({ state }) => state === "ok")) {
    return { ok: false, expected, obtained: "aucune réponse pendant toute la mesure" };
  }
  const all = timeline.interruptions.filter(({ source }) => source === of);
  const seen = judgeSeen(all, bounds, timeline);
  const blind = max === undefined ? undefined : blindTime(points, { maxMs: max, endMs: measuredMs, ...timeline });
  if (blind === undefined) return { expected, ...seen };
  const unseen = blindWords(blind, timeline.timeScale);
  return { ok: false, expected, obtained: all.length === 0 ? unseen : `${seen.obtained} ; ${unseen}` };
}

/** What was seen of interruptions, had the measuring no gap. */
function judgeSeen(
  all: Timeline["interruptions"],
  { max, min }: Bounds,
  { everyMs, timeScale }: Timeline,
): Omit<Judgement, "expected"> {
  const worst = longest(all);
  if (worst === undefined) {
    const every = seconds(everyMs * timeScale);
    return { ok: min === undefined, obtained: `aucune interruption vue, avec une mesure toutes les ${every}` };
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
    obtained: `${count}${interruptionWords(worst, timeScale)}${doubt}`,
  };
}
