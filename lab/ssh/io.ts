import type { Input } from "./input.ts";
import type { Terminal } from "./terminal.ts";

/** The two ends of a running script: where its output goes, where its input comes from, and its terminal, if any. */
export interface Io {
  write(stream: "stdout" | "stderr", chunk: Buffer): void;
  readonly input: Input;
  readonly terminal: Terminal | undefined;
}
