/** One side of a difference: its name and its text. */
export interface DiffSide {
  /** What stands after `---` or `+++`: path, tab, date. */
  readonly label: string;
  readonly text: string;
}

const AROUND = 3;

/** The unified difference of two texts, as `diff -u` prints it; empty when they are the same. Made for short files. */
export function unifiedDiff(before: DiffSide, after: DiffSide): string {
  const edits = editsBetween(linesOf(before.text), linesOf(after.text));
  const hunks = hunksOf(edits);
  if (hunks.length === 0) return "";
  return `--- ${before.label}\n+++ ${after.label}\n${hunks.join("")}`;
}

interface Edit {
  readonly sign: " " | "-" | "+";
  readonly line: string;
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

/** The shortest way from one list to the other: the longest common subsequence stays. */
function editsBetween(a: readonly string[], b: readonly string[]): Edit[] {
  const common = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = common[i];
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const edits: Edit[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      edits.push({ sign: " ", line: a[i] ?? "" });
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      edits.push({ sign: "-", line: a[i] ?? "" });
      i += 1;
    } else {
      edits.push({ sign: "+", line: b[j] ?? "" });
      j += 1;
    }
  }
  return edits;
}

function hunksOf(edits: readonly Edit[]): string[] {
  const changed = edits.flatMap(({ sign }, index) => (sign === " " ? [] : [index]));
  const ranges: [from: number, to: number][] = [];
  for (const index of changed) {
    const last = ranges.at(-1);
    if (last && index - AROUND <= last[1] + AROUND + 1) last[1] = index;
    else ranges.push([index, index]);
  }
  return ranges.map(([from, to]) => hunk(edits, Math.max(0, from - AROUND), Math.min(edits.length, to + AROUND + 1)));
}

function hunk(edits: readonly Edit[], from: number, to: number): string {
  const before = edits.slice(0, from);
  const shown = edits.slice(from, to);
  const side = (sign: "-" | "+") => {
    const count = shown.filter((edit) => edit.sign !== sign).length;
    const start = before.filter((edit) => edit.sign !== sign).length + (count === 0 ? 0 : 1);
    return count === 1 ? `${start}` : `${start},${count}`;
  };
  const lines = shown.map(({ sign, line }) => `${sign}${line}\n`).join("");
  return `@@ -${side("+")} +${side("-")} @@\n${lines}`;
}
