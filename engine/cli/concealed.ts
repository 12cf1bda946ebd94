import type { Redactor } from "../base/redact.ts";
import type { Terminal } from "./terminal.ts";

const known = new Set<Pick<Redactor, "text">>();

/** From now on nothing that this program prints, not even as it crashes, holds what the redactor knows. */
export function concealWith(redactor: Pick<Redactor, "text">): void {
  known.add(redactor);
}

/** The text as it may be printed. */
export function concealed(text: string): string {
  let covered = text;
  for (const redactor of known) covered = redactor.text(covered).text;
  return covered;
}

/** A terminal on which secrets are covered, whoever writes. */
export function concealingTerminal(terminal: Terminal): Terminal {
  return {
    ...terminal,
    out: (text) => terminal.out(concealed(text)),
    err: (text) => terminal.err(concealed(text)),
  };
}
