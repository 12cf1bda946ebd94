import { describe, expect, it } from "vitest";
import { type CapturePlace, matchPlaces } from "../../../../engine/cli/capture/match-places.ts";

const PLACES: readonly CapturePlace[] = [
  ["3-statut-corosync", "statut Corosync", 3],
  ["3-12", "12", 3],
  ["4-statut-corosync", "statut Corosync", 4],
  ["4-l-etat-du-cluster", "l’état du cluster", 4],
].map(([id, caption, chapter], index) => ({
  id: String(id),
  caption: String(caption),
  chapter: Number(chapter),
  number: index + 1,
  filled: null,
}));

describe("matchPlaces() finds the places that a person means", () => {
  it.each([
    ["the caption, in other spaces and case", "STATUT  corosync", [1, 3]],
    ["the caption's words as a file's name", "l-etat-du-cluster", [4]],
    ["another apostrophe", "l'état du cluster", [4]],
    ["the id", "4-statut-corosync", [3]],
    ["the id as a file's name with spaces", "4 Statut Corosync", [3]],
    ["a number", "4", [4]],
    ["a number with zeros and words behind it", "Figure 003 salle", [3]],
    ["a caption that is a number, before the number of a place", "12", [2]],
    ["a number of no place", "77", []],
    ["a date, which is no number of a place", "2026-11-20 photo", []],
    ["a longer number", "00012345", []],
    ["another picture's name", "vacances", []],
    ["nothing", "", []],
  ])("%s", (_, said, numbers) => {
    expect(matchPlaces(PLACES, said).map(({ number }) => number)).toEqual(numbers);
  });
});
