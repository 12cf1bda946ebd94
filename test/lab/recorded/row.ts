/** How the lab's answer is held against a recorded one: in a way that its test knows by name, or not, with the reason. */
export type How = string | { readonly not: string };

/** One recorded command, the test that types it in the lab, and how that test compares. */
export interface Row {
  /** "9/cluster/03-add.txt #1"; without a number for a file that holds samples or a note. */
  readonly id: string;
  /** "test/lab/ssh/recordings.test.ts" */
  readonly test: string;
  readonly how: How;
}

/** A recorded command that nothing compares, and why: a whole sentence. */
export function not(reason: string): { readonly not: string } {
  return { not: reason };
}

/** The rows of a file's commands, given how each is compared, in order. */
export function rowsOf(test: string, file: string, comparisons: readonly How[]): readonly Row[] {
  return comparisons.map((how, index) => ({ id: `${file} #${index + 1}`, test, how }));
}
