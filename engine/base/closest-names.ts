/** Names near what was written, nearest first, three at most; none when nothing comes close. */
export function closestNames(written: string, names: readonly string[]): readonly string[] {
  const lower = written.toLowerCase();
  return names
    .map((name) => ({ name, distance: distance(lower, name.toLowerCase()) }))
    .filter(({ name, distance: far }) => far <= Math.max(2, Math.floor(name.length / 3)) || sharesStem(lower, name))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** `ha-group` and `ha-groups`, `sdnzones` and `sdnzone`: one begins with the other. */
function sharesStem(written: string, name: string): boolean {
  const lower = name.toLowerCase();
  return written.length >= 3 && (lower.startsWith(written) || written.startsWith(lower));
}

/** Levenshtein's distance, two swapped neighbours counting for one. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const here = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let best = Math.min(
        (above[column] ?? 0) + 1,
        (here[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        best = Math.min(best, (before[column - 2] ?? 0) + 1);
      }
      here.push(best);
    }
    before = above;
    above = here;
  }
  return above[b.length] ?? 0;
}
