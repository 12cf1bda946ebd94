import type { Language } from "../model/report.ts";

const FRENCH = {
  skipped: "passée par l’opérateur",
  edited: "texte modifié pour cette fois",
  retried: "réessayée",
  continued: "laissée ainsi, la suite ne fait que regarder",
  jumped: "l’opérateur est allé à",
  interrupted: "arrêtée par l’opérateur",
  confirmed: "confirmée",
  declined: "refusée",
  proven: "à la reprise, tient encore",
  given: "à la reprise, la réponse donnée reste",
  changed: "à la reprise, ne tient plus",
  unproven: "à la reprise, gardée sans preuve nouvelle",
};

const ENGLISH: typeof FRENCH = {
  skipped: "skipped by the operator",
  edited: "text changed for this time",
  retried: "tried again",
  continued: "left as it is, what follows only looks",
  jumped: "the operator went to",
  interrupted: "stopped by the operator",
  confirmed: "confirmed",
  declined: "declined",
  proven: "on resuming, still holds",
  given: "on resuming, the answer given stays",
  changed: "on resuming, holds no more",
  unproven: "on resuming, kept without new proof",
};

/** What the report says of a person's decisions, and of what was kept on resuming. */
export function decisionWords(language: Language): typeof FRENCH {
  return language === "fr" ? FRENCH : ENGLISH;
}
