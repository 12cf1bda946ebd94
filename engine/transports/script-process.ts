import type { ProblemError } from "../base/problem.ts";
import type { ShellEnd } from "./port.ts";

/** Where a process's output goes as it arrives. */
export type OutputSink = (stream: "stdout" | "stderr", chunk: Buffer) => void;

/** The size of a terminal, in characters. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** A wrapper that was started, here or on a node. */
export interface ScriptProcess {
  write(data: string): void;
  /** Nothing more will be written: the other side sees the end of its input. */
  endInput(): void;
  /** How it ended, as soon as that is known; its output may still be on the way. Never rejects. */
  readonly ended: Promise<ShellEnd>;
  /** Both streams are at their end. A daemon that holds one open keeps this pending. Never rejects. */
  readonly drained: Promise<void>;
  /** Asks the process group to end, and forces it two seconds later. Does not wait. */
  killGroup(pid: number): void;
  /** Lets go of the process and of its streams. */
  close(): void;
}

/** Starts wrappers on one target. */
export interface ScriptHost {
  start(
    argv: readonly string[],
    terminal: TerminalSize | undefined,
    sink: OutputSink,
    signal: AbortSignal,
  ): Promise<ScriptProcess>;
  /** How this target is named in messages. */
  readonly label: string;
  /** Why the wrapper could not start, when this target has a reason of its own besides the login shell; from the last line said. */
  refusal?(lastLine: string): ProblemError | undefined;
}
