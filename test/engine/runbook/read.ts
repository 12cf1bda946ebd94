import { readFileSync } from "node:fs";
import { VFile } from "vfile";
import { type LintContext, lintRunbooks, parseRunbook } from "../../../engine/runbook/index.ts";

export const CONTEXT: LintContext = {
  nodes: ["pve1", "pve2", "pve3"],
  groups: ["noeuds"],
  crowds: ["noeuds"],
  secrets: ["root_password"],
  variables: ["site"],
};

/** A message as the author sees it. */
export interface Seen {
  readonly rule: string | undefined;
  readonly at: string;
  readonly severity: "error" | "warning";
  readonly reason: string;
  readonly remedy: string | undefined;
}

/** Parses a text as the file of that name. */
export function parse(text: string, path = "03-essai.md") {
  const file = new VFile({ path, value: text });
  const runbook = parseRunbook(file);
  return { file, runbook, messages: () => seen(file) };
}

/** Parses and lints a text, and gives its messages in the order of the file. */
export function lint(text: string, path = "03-essai.md", context: LintContext = CONTEXT): readonly Seen[] {
  const { file, runbook } = parse(text, path);
  lintRunbooks([{ file, runbook }], context);
  return seen(file);
}

export function seen(file: VFile): readonly Seen[] {
  return file.messages
    .toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0))
    .map((message) => ({
      rule: message.ruleId,
      at: `${message.line}:${message.column}`,
      severity: message.fatal === true ? "error" : "warning",
      reason: message.reason,
      remedy: message.note,
    }));
}

/** The real chapter 3. */
export function chapter3(): string {
  return readFileSync(new URL("../../../runbooks/03-cluster-corosync.md", import.meta.url), "utf8");
}
