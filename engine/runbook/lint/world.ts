import type { VFile } from "vfile";
import type { Block, Runbook } from "../../model/runbook.ts";
import { type Report, reporterFor } from "../author-message.ts";
import { UNBALANCED_FENCE } from "../fence-balance.ts";

/** What a site offers: names that runbooks may use. Empty lists mean that nothing is known, not that nothing exists. */
export interface LintContext {
  readonly nodes: readonly string[];
  readonly groups: readonly string[];
  /** Those groups that have more than one node somewhere. */
  readonly crowds: readonly string[];
  readonly secrets: readonly string[];
  readonly variables: readonly string[];
  /** Requirements that the settings of the report declare; none when it declares none. */
  readonly requirements?: readonly string[];
}

export interface ParsedRunbook {
  readonly file: VFile;
  readonly runbook: Runbook;
}

/** A document with where its messages go. */
export interface LintedFile {
  readonly runbook: Runbook;
  readonly report: Report;
  /** False when some settings could not be read, so that what seems missing may only be unread. */
  readonly readable: boolean;
}

export interface LintedBlock extends LintedFile {
  readonly block: Block;
}

/** Every document at once, in the order of their chapters. */
export interface LintWorld {
  readonly files: readonly LintedFile[];
  /** Blocks of the documents whose fences are balanced. */
  readonly blocks: readonly LintedBlock[];
  readonly byId: ReadonlyMap<string, LintedBlock>;
  /** False when a fence swallowed blocks, so that names may exist that are not seen. */
  readonly complete: boolean;
  readonly context: LintContext;
}

/** One rule: looks at everything, reports on the file concerned. */
export type LintRule = (world: LintWorld) => void;

const UNREADABLE = ["bad-yaml", "bad-attribute", "bad-value", "unclosed-comment", UNBALANCED_FENCE];

/** Lays out the documents for the rules. */
export function lintWorld(parsed: readonly ParsedRunbook[], context: LintContext): LintWorld {
  const ordered = parsed.toSorted((one, other) => one.runbook.chapter - other.runbook.chapter);
  const has = ({ file }: ParsedRunbook, rules: readonly string[]) =>
    file.messages.some((message) => rules.includes(message.ruleId ?? ""));
  const linted = ordered.map((entry) => ({
    runbook: entry.runbook,
    report: reporterFor(entry.file),
    readable: !has(entry, UNREADABLE),
    balanced: !has(entry, [UNBALANCED_FENCE]),
  }));
  const blocks = linted
    .filter(({ balanced }) => balanced)
    .flatMap((file) => file.runbook.blocks.map((block) => ({ ...file, block })));
  const byId = new Map<string, LintedBlock>();
  for (const entry of blocks) if (!byId.has(entry.block.id)) byId.set(entry.block.id, entry);
  return { files: linted, blocks, byId, complete: linted.every(({ balanced }) => balanced), context };
}
