import { checkSources } from "./checked-sources.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { type LintFormat, lintMessages, writeLint } from "./lint-formats.ts";
import { printMessages } from "./messages.ts";
import type { Terminal } from "./terminal.ts";
import { frameWords } from "./words/frame.ts";

export interface LintOptions {
  readonly inventory?: string | undefined;
  /** Says nothing of sound documents. */
  readonly quiet?: boolean | undefined;
  readonly format: LintFormat;
  /** Short for a format. */
  readonly json?: boolean | undefined;
  readonly sarif?: boolean | undefined;
  /** Again after each change, until Ctrl-C. */
  readonly watch?: boolean | undefined;
}

/** `constat lint`: the author's mistakes, or that there are none. */
export async function lint(paths: readonly string[], options: LintOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.watch !== true) return lintOnce(paths, options, terminal);
  return (await import("./lint-watch.ts")).lintWatch(paths, () => lintOnce(paths, options, terminal), terminal);
}

async function lintOnce(paths: readonly string[], options: LintOptions, terminal: Terminal): Promise<ExitCode> {
  const { files, runbooks } = await checkSources(paths, options.inventory);
  const format = formatOf(options);
  if (format !== "texte") {
    const messages = lintMessages(files);
    terminal.out(writeLint(format, messages));
    return messages.some(({ severity }) => severity === "error") ? EXIT.author : EXIT.ok;
  }
  const errors = printMessages(files, terminal);
  if (options.quiet !== true && files.every(({ messages }) => messages.length === 0)) {
    const blocks = runbooks.reduce((sum, { runbook }) => sum + runbook.blocks.length, 0);
    terminal.out(`${frameWords(terminal.language).soundDocuments(runbooks.length, blocks)}\n`);
  }
  return errors > 0 ? EXIT.author : EXIT.ok;
}

function formatOf({ format, json, sarif }: LintOptions): LintFormat {
  return json === true ? "json" : sarif === true ? "sarif" : format;
}
