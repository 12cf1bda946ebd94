import { diffWordsWithSpace } from "diff";

/** A piece of a line and whether the other line has it too. */
export interface WordPiece {
  readonly text: string;
  readonly changed: boolean;
}

const LONGEST = 4_000;
/** Two lines that share less have nothing to do with each other: marking every word says nothing. */
const LEAST_COMMON = 0.35;

/** Which words of two lines differ; undefined when the lines resemble each other too little. */
export function changedWords(
  before: string,
  after: string,
): { readonly before: readonly WordPiece[]; readonly after: readonly WordPiece[] } | undefined {
  if (before.length + after.length > LONGEST) return undefined;
  const changes = diffWordsWithSpace(before, after);
  const common = changes
    .filter(({ added, removed }) => !added && !removed)
    .reduce((sum, { value }) => sum + value.trim().length, 0);
  if (common < LEAST_COMMON * Math.max(before.trim().length, after.trim().length)) return undefined;
  return {
    before: changes.filter(({ added }) => !added).map(({ value, removed }) => ({ text: value, changed: removed })),
    after: changes.filter(({ removed }) => !removed).map(({ value, added }) => ({ text: value, changed: added })),
  };
}
