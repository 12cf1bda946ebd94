/** How much of a long output print shows. */
export interface FoldRule {
  readonly head: number;
  readonly tail: number;
}

/** Indexes from 0, `to` excluded. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
  readonly shown: boolean;
}

/** More lines than this are not printed, not even in an annex. */
const ANNEX_LINES = 400;

/** Whether the annex prints an output of so many lines that the body shortens. */
export function inAnnex(lines: number): boolean {
  return lines <= ANNEX_LINES;
}

const DEFAULT: FoldRule = { head: 40, tail: 20 };
/** Hiding fewer lines than this saves less than the bar that announces it is worth. */
const WORTH_HIDING = 8;

/** The rule of a block's `fold`: `false` never folds, `true` folds early, a number is how many lines may show. */
export function foldRule(fold: boolean | number | undefined): FoldRule | undefined {
  if (fold === false) return undefined;
  if (fold === true) return { head: 10, tail: 5 };
  if (fold === undefined) return DEFAULT;
  const head = Math.ceil((fold * 2) / 3);
  return { head, tail: fold - head };
}

/** Splits lines into those that show and those that are hidden: head, tail and the lines that a check matched always show. */
export function foldLines(
  total: number,
  rule: FoldRule | undefined,
  matched: (index: number) => boolean,
): readonly LineRange[] {
  if (rule === undefined || total <= rule.head + rule.tail + WORTH_HIDING) {
    return total === 0 ? [] : [{ from: 0, to: total, shown: true }];
  }
  const ranges: { from: number; to: number; shown: boolean }[] = [];
  for (let index = 0; index < total; index += 1) {
    const shown = index < rule.head || index >= total - rule.tail || matched(index);
    const last = ranges.at(-1);
    if (last?.shown === shown) last.to = index + 1;
    else ranges.push({ from: index, to: index + 1, shown });
  }
  return ranges;
}
