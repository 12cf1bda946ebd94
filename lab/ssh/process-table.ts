import type { NodeState } from "../state/node.ts";
import { nextPid } from "../state/tasks.ts";

/** A script that runs on a node: its process id is also that of its process group. */
export interface Process {
  readonly pid: number;
  readonly command: string;
  /** Lab milliseconds. */
  readonly startedAt: number;
  /** Aborted with a `Killed` when something signals the process, or with any other reason when its client goes away. */
  readonly signal: AbortSignal;
  /** Sends a signal: "TERM", "KILL", "INT" … */
  kill(signal: string): void;
  end(): void;
}

/** Why a process was ended: the name of the signal, without SIG. */
export class Killed extends Error {
  override readonly name = "Killed";
  readonly signalName: string;
  constructor(signalName: string) {
    super(`ended by SIG${signalName}`);
    this.signalName = signalName;
  }
}

const tables = new WeakMap<NodeState, Map<number, Process>>();

/** The running scripts of a node, by process id. */
export function processesOf(node: NodeState): ReadonlyMap<number, Process> {
  return tableOf(node);
}

/** Registers a running script; it ends when it is killed, when `owner` is aborted, or when `end` is called. */
export function startProcess(node: NodeState, command: string, startedAt: number, owner: AbortSignal): Process {
  const table = tableOf(node);
  const killed = new AbortController();
  const pid = nextPid(node);
  const process: Process = {
    pid,
    command,
    startedAt,
    signal: AbortSignal.any([owner, killed.signal]),
    kill: (signal) => killed.abort(new Killed(signal)),
    end: () => table.delete(pid),
  };
  table.set(pid, process);
  return process;
}

/** Ends everything that runs on a node whose power was cut. */
export function endProcesses(node: NodeState): void {
  for (const process of [...tableOf(node).values()]) process.kill("KILL");
}

function tableOf(node: NodeState): Map<number, Process> {
  const known = tables.get(node);
  if (known) return known;
  const table = new Map<number, Process>();
  tables.set(node, table);
  return table;
}
