import type { Block, DeclaredVariable, Placeholder, Runbook } from "./runbook.ts";

/** A block with its targets: what will run, in order. */
export interface Step {
  /** The block's id. */
  readonly id: string;
  /** Position in the plan, from 1. */
  readonly ordinal: number;
  readonly block: Block;
  /** Node names of the inventory, or `local`. Never empty. */
  readonly targets: readonly string[];
  /** Id of the placeholder that this step fills, when it was chosen to. */
  readonly fills?: string | undefined;
  /** Placeholders that pictures inside its body fill, by caption, where they were chosen to. */
  readonly shots?: Readonly<Record<string, string>> | undefined;
  /** Set when another block serves the same placeholder better here, or when the selection leaves the step out. */
  readonly leftOut?: { readonly because: "not-chosen" | "deselected"; readonly text: string } | undefined;
}

/** A placeholder with the blocks that could fill it, best first. */
export interface PlannedPlaceholder {
  readonly placeholder: Placeholder;
  readonly candidates: readonly string[];
  readonly chosen?: string | undefined;
}

/** Everything that would happen; making one touches nothing. */
export interface Plan {
  readonly runbooks: readonly Runbook[];
  readonly steps: readonly Step[];
  readonly placeholders: readonly PlannedPlaceholder[];
  readonly variables: readonly DeclaredVariable[];
  /** Chapter numbers in scope, ascending. */
  readonly scope: readonly number[];
}
