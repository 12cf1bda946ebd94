import type { Block, Placeholder, Runbook } from "../model/runbook.ts";

/** A block with what decides whether it can run on this site. */
export interface Placed {
  readonly id: string;
  readonly block: Block;
  /** Empty when its `on` is a mistake. */
  readonly targets: readonly string[];
  /** French sentences; empty when every target offers what the block needs. */
  readonly lacks: readonly string[];
  /** Why its own `when` leaves it out on this site. */
  readonly unwanted?: string | undefined;
}

/** A placeholder, the blocks that serve it in document order, and the first of them that can run here. */
export interface Choice {
  readonly placeholder: Placeholder;
  readonly candidates: readonly Placed[];
  readonly chosen: Placed | undefined;
}

/** Chooses who fills each placeholder. The runbook's parser has already put the placeholder's own caption into `capture`. */
export function chooseCandidates(runbooks: readonly Runbook[], placed: readonly Placed[]): readonly Choice[] {
  return runbooks.flatMap(({ placeholders, chapter }) =>
    placeholders.map((placeholder) => {
      const candidates = placed.filter(({ block }) => block.chapter === chapter && serves(block, placeholder.caption));
      const chosen = candidates.find(({ targets, lacks }) => targets.length > 0 && lacks.length === 0);
      return { placeholder, candidates, chosen };
    }),
  );
}

function serves({ settings, shotCaptions = [] }: Block, caption: string): boolean {
  return settings.capture === caption || shotCaptions.includes(caption);
}

/** Why a candidate is left out although nobody asked for it, in French; undefined when it runs. */
export function whyNotChosen({ placeholder, chosen }: Choice, candidate: Placed): string | undefined {
  if (chosen === candidate) return undefined;
  const caption = `la capture « ${placeholder.caption} »`;
  const served =
    chosen === undefined ? `aucun bloc ne peut servir ${caption} ici` : `${caption} est servie par #${chosen.id}`;
  return [...candidate.lacks.slice(0, 1), served].join(" ; ");
}
