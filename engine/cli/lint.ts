import { checkSources } from "./checked-sources.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { printMessages } from "./messages.ts";
import type { Terminal } from "./terminal.ts";

export interface LintOptions {
  readonly inventory?: string | undefined;
  readonly json?: boolean | undefined;
}

/** `constat lint`: the author's mistakes; silent when there are none. */
export async function lint(paths: readonly string[], options: LintOptions, terminal: Terminal): Promise<ExitCode> {
  const { files } = await checkSources(paths, options.inventory);
  if (options.json === true) {
    const messages = files.flatMap((file) =>
      file.messages.map((message) => ({
        file: file.path,
        line: message.line ?? 1,
        column: message.column ?? 1,
        severity: message.fatal === true ? "error" : "warning",
        rule: message.ruleId ?? "constat",
        reason: message.reason,
        remedy: message.note ?? "",
      })),
    );
    terminal.out(`${JSON.stringify(messages, undefined, 2)}\n`);
    return messages.some(({ severity }) => severity === "error") ? EXIT.author : EXIT.ok;
  }
  return printMessages(files, terminal) > 0 ? EXIT.author : EXIT.ok;
}
