import { LOCAL } from "../model/inventory.ts";
import type { Need } from "../model/need.ts";
import type { Choice, Placed } from "./candidates.ts";
import { type PlanProblem, placeOf } from "./plan-problem.ts";

type NeedsOf = (candidate: Placed) => readonly Need[];

/** Candidates that no inventory can ever choose, because one before them runs wherever they do. */
export function neverChosen(choices: readonly Choice[], needsOf: NeedsOf): readonly PlanProblem[] {
  return choices.flatMap(({ placeholder, candidates }) =>
    candidates.flatMap((candidate, index) => {
      const better = candidates.slice(0, index).find((earlier) => runsWherever(earlier, candidate, needsOf));
      if (better === undefined) return [];
      return {
        place: placeOf(candidate.block, "capture"),
        reason: `le bloc #${candidate.id} ne remplira jamais la capture « ${placeholder.caption} » : #${better.id}, avant lui, s’exécute partout où il le pourrait`,
        remedy: "retirez sa capture, ou placez-le avant s’il est préférable",
      };
    }),
  );
}

/** Compares what is written, not this inventory's nodes: another site may offer other things. */
function runsWherever(earlier: Placed, later: Placed, needsOf: NeedsOf): boolean {
  if (earlier.targets.length === 0) return false;
  // What an earlier one asks of the site, a later one may do without.
  const asked = later.block.settings.when ?? [];
  if (!(earlier.block.settings.when ?? []).every((condition) => asked.includes(condition))) return false;
  const needs = needsOf(earlier).filter((need) => need !== "browser");
  if (needs.length === 0) return true;
  const laterNeeds = needsOf(later);
  const laterWords = wordsOf(later);
  return wordsOf(earlier).every((word) =>
    word === LOCAL
      ? needs.every((need) => need === "shell")
      : laterWords.includes(word) && needs.every((need) => laterNeeds.includes(need)),
  );
}

/** Nothing written stands for the inventory's only node. */
function wordsOf({ block }: Placed): readonly string[] {
  return block.settings.on ?? [""];
}
