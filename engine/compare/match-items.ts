import { diffArrays } from "diff";

/** A pair that goes together, or an item that only one side has. Indexes from 0. */
export interface Match {
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** So many insertions and removals are looked for at most: beyond, the shortest difference is not worth its quadratic price. */
const MOST_EDITS = 1_500;

/** How two lists go together with the fewest items left over, in the order of both; equal keys are equal items. */
export function matchItems(before: readonly string[], after: readonly string[]): readonly Match[] {
  const head = commonHead(before, after);
  const tail = commonTail(before, after, head);
  const left = before.slice(head, before.length - tail);
  const right = after.slice(head, after.length - tail);
  return [
    ...pairs(0, 0, head),
    ...between(left, right, head, head),
    ...pairs(before.length - tail, after.length - tail, tail),
  ];
}

/** The members of an increasing sequence of these numbers, the longest there is; by position. */
export function longestIncreasing(values: readonly number[]): ReadonlySet<number> {
  const previous: number[] = [];
  /** `ends[n]`: where a sequence of n + 1 numbers ends lowest. */
  const ends: number[] = [];
  values.forEach((value, index) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[ends[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : (ends[low - 1] ?? -1);
    ends[low] = index;
  });
  const kept = new Set<number>();
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) kept.add(at);
  return kept;
}

function between(left: readonly string[], right: readonly string[], from: number, to: number): readonly Match[] {
  const changes = diffArrays([...left], [...right], { maxEditLength: MOST_EDITS });
  if (changes === undefined) return byLandmarks(left, right, from, to);
  const runs: (readonly Match[])[] = [];
  let before = from;
  let after = to;
  for (const { added, removed, count } of changes) {
    if (removed) runs.push(alone(before, undefined, count));
    else if (added) runs.push(alone(undefined, after, count));
    else runs.push(pairs(before, after, count));
    if (!added) before += count;
    if (!removed) after += count;
  }
  return runs.flat();
}

/** Two lists that differ nearly everywhere: what stands once in both holds them together, the rest is replaced. */
function byLandmarks(left: readonly string[], right: readonly string[], from: number, to: number): readonly Match[] {
  const [inLeft, inRight] = [onlyOnce(left), onlyOnce(right)];
  const common = [...inLeft].flatMap(([key, index]) => {
    const other = inRight.get(key);
    return other === undefined ? [] : [{ index, other }];
  });
  const kept = longestIncreasing(common.map(({ other }) => other));
  const runs: (readonly Match[])[] = [];
  let [l, r] = [0, 0];
  for (const { index, other } of common.filter((_, at) => kept.has(at))) {
    runs.push(alone(from + l, undefined, index - l), alone(undefined, to + r, other - r));
    runs.push(pairs(from + index, to + other, 1));
    [l, r] = [index + 1, other + 1];
  }
  runs.push(alone(from + l, undefined, left.length - l), alone(undefined, to + r, right.length - r));
  return runs.flat();
}

function onlyOnce(keys: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const twice = new Set<string>();
  keys.forEach((key, index) => {
    if (found.has(key)) twice.add(key);
    else found.set(key, index);
  });
  for (const key of twice) found.delete(key);
  return found;
}

function commonHead(before: readonly string[], after: readonly string[]): number {
  const most = Math.min(before.length, after.length);
  let length = 0;
  while (length < most && before[length] === after[length]) length += 1;
  return length;
}

function commonTail(before: readonly string[], after: readonly string[], head: number): number {
  const most = Math.min(before.length, after.length) - head;
  let length = 0;
  while (length < most && before[before.length - 1 - length] === after[after.length - 1 - length]) length += 1;
  return length;
}

function pairs(before: number, after: number, count: number): readonly Match[] {
  return Array.from({ length: count }, (_, index) => ({ before: before + index, after: after + index }));
}

function alone(before: number | undefined, after: number | undefined, count: number): readonly Match[] {
  return Array.from({ length: count }, (_, index) => ({
    before: before === undefined ? undefined : before + index,
    after: after === undefined ? undefined : after + index,
  }));
}
