import { closest } from "../base/closest.ts";

/** `Vouliez-vous écrire « x » ?`, or the fallback when nothing is near. */
export function suggest(word: string, candidates: Iterable<string>, fallback: string): string {
  const near = closest(word, candidates);
  return near === undefined ? fallback : `Vouliez-vous écrire « ${near} » ?`;
}
