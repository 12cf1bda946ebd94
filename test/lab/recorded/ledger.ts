import { relative } from "node:path";
import { TABLE } from "./table.ts";

const ROOT = new URL("../../..", import.meta.url).pathname;

/** What a test file has compared so far of the recorded commands that the table promises of it. */
export interface Ledger {
  /** Called where the lab's answer is held against the recorded one. */
  played(id: string): void;
  /** Promised and never compared; empty once every test of the file has run. */
  missing(): readonly string[];
}

/** Opens the ledger of a test file (its `import.meta.filename`); throws for a file that the table does not name, or a command that it does not promise. */
export function openLedger(filename: string): Ledger {
  const test = relative(ROOT, filename);
  const promised = TABLE.filter((row) => row.test === test && typeof row.how === "string").map(({ id }) => id);
  if (promised.length === 0) throw new Error(`The table of recorded commands does not name ${test}`);
  const played = new Set<string>();
  return {
    played(id) {
      if (!promised.includes(id)) throw new Error(`The table does not say that ${test} compares ${id}`);
      played.add(id);
    },
    missing: () => promised.filter((id) => !played.has(id)),
  };
}
