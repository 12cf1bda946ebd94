import { closest } from "../base/closest.ts";

/** What to write instead of a word that names nothing: the closest candidate, else all of them. */
export function suggestOne(word: string, candidates: readonly string[], noun: string): string {
  const suggestion = closest(word, candidates);
  if (suggestion !== undefined) return `vouliez-vous dire « ${suggestion} » ?`;
  return candidates.length === 0
    ? "aucun n’est déclaré ; ajoutez-le à l’inventaire"
    : `${noun} déclarés : ${candidates.join(", ")}`;
}
