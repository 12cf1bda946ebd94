import { relative } from "node:path";
import type { VFile } from "vfile";
import { githubAnnotation } from "../base/github-annotation.ts";
import { writeSarif } from "../export/index.ts";
import { VERSION } from "./version.ts";

/** An author's mistake, as other programs read it. */
export interface LintMessage {
  /** From the folder in which the command runs, forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: "error" | "warning";
  readonly rule: string;
  readonly reason: string;
  readonly remedy: string;
}

/** What `--format` can ask for; `texte` is for people. */
export type LintFormat = "texte" | "json" | "sarif" | "github";

/** Every message of these documents. */
export function lintMessages(files: readonly VFile[]): readonly LintMessage[] {
  return files.flatMap((file) =>
    file.messages.map((message) => ({
      file: fromHere(file.path),
      line: message.line ?? 1,
      column: message.column ?? 1,
      severity: message.fatal === true ? ("error" as const) : ("warning" as const),
      rule: message.ruleId ?? "constat",
      reason: message.reason,
      remedy: message.note ?? "",
    })),
  );
}

/** The messages for a program: a JSON array, a SARIF 2.1.0 log, or GitHub's annotations (a line each). */
export function writeLint(format: Exclude<LintFormat, "texte">, messages: readonly LintMessage[]): string {
  switch (format) {
    case "json":
      return `${JSON.stringify(messages, undefined, 2)}\n`;
    case "sarif":
      return writeSarif(
        VERSION,
        messages.map(({ file, line, column, severity, rule, reason, remedy }) => ({
          ...{ rule, severity, text: reason, remedy },
          file: { path: file, line, column },
        })),
      );
    case "github":
      return messages.map(annotation).join("");
  }
}

function annotation({ file, line, column, severity, rule, reason, remedy }: LintMessage): string {
  const text = remedy === "" ? reason : `${reason}\n→ ${remedy}`;
  return githubAnnotation({ severity, title: rule, file, line, column, text });
}

/** A tool that shows the place looks from the repository's root: a path out of it stays as it was given. */
function fromHere(path: string): string {
  const way = relative(process.cwd(), path);
  return way.startsWith("..") ? path : way.replaceAll("\\", "/");
}
