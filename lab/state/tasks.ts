import type { NodeState } from "./node.ts";
import { errorText } from "./pve-error.ts";
import type { World } from "./world.ts";

/** Receives text exactly as the command prints it: newlines included, possibly in the middle of a line. */
export type Print = (text: string) => void;

/** One worker task of a node, with its whole life. */
export interface Task {
  readonly upid: string;
  readonly node: string;
  readonly pid: number;
  readonly pstart: number;
  /** Seconds, lab time. */
  readonly starttime: number;
  readonly type: string;
  readonly id: string;
  /** "root@pam" */
  readonly user: string;
  /** Undefined while it runs. */
  endtime: number | undefined;
  /** "OK" or the error's text; undefined while it runs. */
  exitstatus: string | undefined;
  /** Everything printed so far, without the closing TASK line. */
  output: string;
  /** Settles when the task is over; never rejects. */
  readonly done: Promise<void>;
  /** Ends it as `DELETE tasks/UPID` does. */
  stop(): void;
}

/** Who starts what. */
export interface TaskRequest {
  readonly type: string;
  readonly id?: string;
  readonly user?: string;
}

/** Starts a worker: it runs in the background, its output is kept, and it ends "OK" or with the thrown error's text. */
export function startTask(
  world: World,
  node: NodeState,
  request: TaskRequest,
  run: (print: Print, signal: AbortSignal) => Promise<void>,
): Task {
  const pid = nextPid(node);
  const starttime = world.clock.seconds();
  const pstart = world.clock.uptime(node.bootTime) * 100 + (pid % 100);
  const { type, id = "", user = "root@pam" } = request;
  const hex = (value: number) => value.toString(16).toUpperCase().padStart(8, "0");
  const stopped = new AbortController();
  const signal = AbortSignal.any([world.signal, stopped.signal]);
  const task: { -readonly [K in keyof Task]: Task[K] } = {
    upid: `UPID:${node.name}:${hex(pid)}:${hex(pstart)}:${hex(starttime)}:${type}:${id}:${user}:`,
    node: node.name,
    pid,
    pstart,
    starttime,
    type,
    id,
    user,
    endtime: undefined,
    exitstatus: undefined,
    output: "",
    done: Promise.resolve(),
    stop: () => stopped.abort(new Error("received interrupt")),
  };
  node.tasks.unshift(task);
  task.done = runToEnd(world, task, run, signal);
  return task;
}

/** The task's log as lines, closed by TASK OK or TASK ERROR when it is over. */
export function taskLog(task: Task): readonly string[] {
  const lines = task.output === "" ? [] : task.output.replace(/\n$/, "").split("\n");
  if (task.exitstatus === undefined) return lines;
  return [...lines, task.exitstatus === "OK" ? "TASK OK" : `TASK ERROR: ${task.exitstatus}`];
}

/** A process id that this node has not used yet. */
export function nextPid(node: NodeState): number {
  node.nextPid += 1 + (node.nextPid % 7);
  return node.nextPid;
}

async function runToEnd(
  world: World,
  task: Task,
  run: (print: Print, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  try {
    await run((text) => {
      task.output += text;
    }, signal);
    task.exitstatus = "OK";
  } catch (error) {
    task.exitstatus = errorText(error).trimEnd();
  } finally {
    task.endtime = world.clock.seconds();
  }
}
