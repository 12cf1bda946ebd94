import { editDistance } from "./edit-distance.ts";

/**
 * The candidate that a mistyped word was meant to be, by the number of letters changed, added, removed or swapped; undefined when all
 * are too far (more than a third of the longer word's letters, at least one, never all of them).
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  const near = [...candidates].flatMap((candidate) => {
    const letters = Math.max(word.length, candidate.length);
    const distance = distanceOf(word, candidate);
    return distance < letters && distance <= Math.max(1, Math.floor(letters / 3)) ? [{ candidate, distance }] : [];
  });
  // Sorting is stable: of two that are equally near, the first wins.
  return near.sort((a, b) => a.distance - b.distance)[0]?.candidate;
}

/** Names near what was written, nearest first, three at most, also those of which one begins with the other; none when nothing comes close. */
export function closestNames(written: string, names: readonly string[]): readonly string[] {
  return names
    .map((name) => ({ name, distance: distanceOf(written, name) }))
    .filter(({ name, distance }) => distance <= Math.max(2, Math.floor(name.length / 3)) || sharesStem(written, name))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

function distanceOf(written: string, name: string): number {
  return editDistance(written.toLowerCase(), name.toLowerCase());
}

/** `ha-group` and `ha-groups`, `sdnzones` and `sdnzone`. */
function sharesStem(written: string, name: string): boolean {
  const [one, other] = [written.toLowerCase(), name.toLowerCase()];
  return one.length >= 3 && (other.startsWith(one) || one.startsWith(other));
}
