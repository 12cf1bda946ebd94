import type { IFileSystem, ResolvedCommandContext } from "just-bash";
import type { NodeState } from "../state/node.ts";
import type { World } from "../state/world.ts";
import type { Terminal } from "./terminal.ts";

/** One run of a simulated command. */
export interface Call {
  readonly world: World;
  readonly node: NodeState;
  readonly args: readonly string[];
  readonly fs: IFileSystem;
  readonly cwd: string;
  /** Text on standard input, already read. */
  readonly stdin: string;
  /** The user's terminal, when the script runs on one. */
  readonly terminal: Terminal | undefined;
  /** Aborted when the script is ended, or by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Number of the process that runs the command. */
  readonly shellPid: number;
  /** Commands that `trap` left for a signal or for EXIT. */
  readonly traps: Map<string, string>;
  readonly context: ResolvedCommandContext;
  /** Runs a script on another node, its output printed here; gives its exit code. */
  runOn(target: NodeState, script: string): Promise<number>;
  /** Prints on standard output, newlines included; reaches the client at once when nothing stands in between. */
  out(text: string): void;
  /** Prints on standard error. */
  err(text: string): void;
}

/** A command of the node: prints through the call and gives its exit code. */
export interface LabCommand {
  readonly name: string;
  run(call: Call): number | Promise<number>;
}
