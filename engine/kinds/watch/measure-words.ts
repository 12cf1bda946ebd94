import type { Interruption } from "../../model/timeline.ts";
import type { BlindTime } from "./blind-time.ts";

/** Seconds with one decimal, as French writes them: « 12,0 s ». */
export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1).replace(".", ",")} s`;
}

/**
 * A measured interruption with what is not known of it: « entre 12,0 s et 14,0 s ». On a lab whose time runs faster, the machines' own
 * time is told, and the clock's beside it.
 */
export function interruptionWords({ atLeastMs, atMostMs, lastAnswer }: Interruption, timeScale: number): string {
  const between = (scale: number): string =>
    atMostMs === null
      ? `au moins ${seconds(atLeastMs * scale)}`
      : `entre ${seconds(atLeastMs * scale)} et ${seconds(atMostMs * scale)}`;
  const open = atMostMs === null ? (lastAnswer === null ? ", déjà là au début" : ", encore là à la fin") : "";
  if (timeScale === 1) return `${between(1)}${open}`;
  return `${between(timeScale)}${open} (temps du laboratoire, ${scaleWords(timeScale)} fois celui de l’horloge : ${between(1)})`;
}

/** A time without any measure: « non mesuré pendant 60,0 s : pve1 ne répond pas en ssh. ». */
export function blindWords({ ms, reason }: BlindTime, timeScale: number): string {
  const clock =
    timeScale === 1 ? "" : ` (temps du laboratoire, ${scaleWords(timeScale)} fois celui de l’horloge : ${seconds(ms)})`;
  return `non mesuré pendant ${seconds(ms * timeScale)}${clock} : ${reason ?? "aucune mesure dans cet intervalle"}`;
}

function scaleWords(scale: number): string {
  return String(scale).replace(".", ",");
}
