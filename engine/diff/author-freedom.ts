import { VFile } from "vfile";
import { MASK } from "../base/redact.ts";
import { checkOutputLine, readMask, readOutputRules } from "../expect/index.ts";
import type { Block } from "../model/runbook.ts";
import { parseRunbook } from "../runbook/index.ts";
import { type RecordedRun, readPiece } from "./recorded-run.ts";

/** What the author of a block declared to change: its masks, and the lines of its expected output that leave something open. */
export interface Freedom {
  readonly patterns: readonly { readonly name: string; readonly pattern: RegExp }[];
  /** The rule's own text for a line that it allows; undefined for any other line. */
  wholeLine(line: string): string | undefined;
}

/** What stands where a secret was, in whatever length. */
const MASKED = { name: "masque", pattern: new RegExp(`${MASK}(?:[^\\s]{0,3}${MASK})*`, "g") };

/** The freedom of each step by its id, from the runbooks as the run kept them. A runbook that is lost gives none. */
export async function authorFreedom(run: RecordedRun): Promise<(step: string) => Freedom> {
  const blocks = new Map<string, Block>();
  for (const { file, sha256 } of run.started.runbooks) {
    const piece = await readPiece(run, { path: `runbook/${file}`, sha256 });
    if ("lost" in piece) continue;
    const runbook = parseRunbook(new VFile({ path: file, value: piece.bytes.toString("utf8") }));
    for (const block of runbook.blocks) blocks.set(block.id, block);
  }
  const known = new Map<string, Freedom>();
  return (step) => {
    const freedom = known.get(step) ?? freedomOf(blocks.get(step));
    known.set(step, freedom);
    return freedom;
  };
}

function freedomOf(block: Block | undefined): Freedom {
  const masks = (block?.settings.mask ?? []).flatMap((text) => {
    const read = readMask(text);
    return "pattern" in read ? [{ name: `mask ${text}`, pattern: read.pattern }] : [];
  });
  const rules = (block?.expectedOutput?.lines ?? []).flatMap((line) => {
    // What a run saved or an inventory said is not kept: a line that refers to it frees nothing.
    if (line.trim() === "" || checkOutputLine(line) !== undefined) return [];
    const read = readOutputRules(line, {});
    return "failed" in read ? [] : read.rules;
  });
  return {
    patterns: [MASKED, ...masks],
    wholeLine: (line) => {
      const rule = rules.find(({ written, matches }) => written !== line.trimEnd() && matches(line.trimEnd()));
      return rule === undefined ? undefined : `attendu : ${rule.written}`;
    },
  };
}
