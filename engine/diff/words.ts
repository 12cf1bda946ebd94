import { counted } from "../base/counted.ts";
import type { RunDifference } from "./difference.ts";

const PER_CENT = new Intl.NumberFormat("fr-FR", { style: "percent", maximumFractionDigits: 4 });
const COUNT = new Intl.NumberFormat("fr-FR");
const MOMENT = new Intl.DateTimeFormat("fr-FR", { dateStyle: "short", timeStyle: "medium", timeZone: "UTC" });

/** A share, 0 to 1, as « 0,0136 % »; what is too small for it is said to be so. */
export function shareWords(share: number): string {
  return share > 0 && share < 0.000001 ? "moins de 0,0001 %" : PER_CENT.format(share);
}

/** « 70 351 pixels ». */
export function pixelWords(pixels: number): string {
  return `${COUNT.format(pixels)} pixel${pixels >= 2 ? "s" : ""}`;
}

/** « 23/11/2026 05:40:19 UTC ». */
export function momentWords(iso: string): string {
  return `${MOMENT.format(new Date(iso))} UTC`;
}

export const STEP_WORDS = {
  new: "nouvelle",
  gone: "disparue",
  moved: "déplacée",
  changed: "changée",
} as const;

export const FIGURE_WORDS = {
  same: "identique",
  within: "dans la tolérance",
  different: "différente",
  new: "nouvelle",
  gone: "disparue",
  lost: "pièce perdue",
} as const;

/** The comparison in one sentence: what was compared, and whether anything differs. */
export function verdictWords({ compared, different, before, after }: RunDifference): string {
  const amount = [
    counted(compared.steps, "étape"),
    counted(compared.answers, "réponse"),
    counted(compared.figures, "figure"),
  ].join(", ");
  const ignored =
    compared.ignored === 0
      ? ""
      : ` ; ${counted(compared.ignored, "partie")} volatile${compared.ignored >= 2 ? "s" : ""} de côté`;
  const damaged = before.damage.length + after.damage.length > 0 ? " Des preuves sont abîmées." : "";
  const verdict = different ? "Ces exécutions diffèrent." : "Aucune différence au-delà des règles et de la tolérance.";
  return `${verdict}${damaged} Comparées : ${amount}${ignored}.`;
}
