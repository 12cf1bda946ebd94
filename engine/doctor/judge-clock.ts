import type { ClockReading } from "../model/clock-reading.ts";
import type { Observation, Subject } from "./observation.ts";

type Offset = Pick<ClockReading, "aheadMs" | "withinMs">;

/** A ticket counts from five minutes before it was made: beyond, no session opens. Dates of a report may be off by seconds, no more. */
const REFUSED_MS = 300_000;
const VISIBLE_MS = 5_000;
/** Ceph complains of 50 ms between monitors; over ssh two seconds can be told for sure. */
const BETWEEN_MS = 2_000;

const REMEDY = "Vérifiez chrony sur ce nœud (chronyc tracking, timedatectl) et l’heure de cette machine.";

/** How far a node's clock is from this machine's. */
export function judgeClock(subject: Subject, offset: Offset | undefined, timeScale: number): Observation {
  const seen = { subject, check: "clock" } as const;
  if (timeScale !== 1)
    return { ...seen, status: "unchecked", text: `horloge de laboratoire, ${timeScale} fois plus rapide` };
  if (offset === undefined) return { ...seen, status: "unchecked", text: "heure inconnue" };
  const sure = Math.max(0, Math.abs(offset.aheadMs) - offset.withinMs);
  if (sure < VISIBLE_MS)
    return { ...seen, status: "ok", text: sure < 1_000 ? "à moins d’une seconde" : offsetWords(offset) };
  const status = sure >= REFUSED_MS ? "error" : "warning";
  const text = `${offsetWords(offset)} sur cette machine`;
  return { ...seen, status, code: "CLOCK_OFFSET", text, remedy: REMEDY };
}

/** How far the clocks of the nodes are from one another, once each is compared with ours. */
export function judgeClocks(offsets: readonly (readonly [node: string, offset: Offset])[]): readonly Observation[] {
  const sorted = offsets.toSorted(([, a], [, b]) => a.aheadMs - b.aheadMs);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const apart = last[1].aheadMs - first[1].aheadMs - last[1].withinMs - first[1].withinMs;
  if (apart < BETWEEN_MS) return [];
  return [
    {
      ...{ subject: { type: "site" }, check: "clock", status: "warning", code: "CLOCKS_APART" },
      text: `les horloges de ${first[0]} et de ${last[0]} diffèrent de ${seconds(apart)}`,
      remedy: "Donnez aux nœuds la même source de temps (chrony) : Ceph se plaint au-delà de 0,05 s entre moniteurs.",
    },
  ];
}

function offsetWords({ aheadMs }: Offset): string {
  return `${seconds(Math.abs(aheadMs))} ${aheadMs > 0 ? "d’avance" : "de retard"}`;
}

function seconds(ms: number): string {
  if (ms < 120_000) return `${(ms / 1_000).toLocaleString("fr-FR", { maximumFractionDigits: 1 })} s`;
  return ms < 7_200_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`;
}
