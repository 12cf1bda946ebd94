import { writeClusterLog } from "./cluster-log.ts";
import { assertRoomForTask } from "./full-disk.ts";
import type { NodeState } from "./node.ts";
import { errorText } from "./pve-error.ts";
import type { Print, Task, TaskRequest } from "./task.ts";
import type { World } from "./world.ts";

export type { Print, Task, TaskRequest } from "./task.ts";
export { taskLog } from "./task.ts";

/** Starts a worker: it runs in the background, its output is kept, and it ends "OK" or with the thrown error's text. */
export function startTask(
  world: World,
  node: NodeState,
  request: TaskRequest,
  run: (print: Print, signal: AbortSignal) => Promise<void>,
): Task {
  const stopped = new AbortController();
  const signal = AbortSignal.any([world.signal, stopped.signal]);
  const age = world.clock.uptime(node.bootTime);
  const task = newTask(node, request, world.clock.seconds(), age, () => stopped.abort(new Error("received interrupt")));
  const runWithRoom: typeof run = async (print, stop) => {
    assertRoomForTask(world, node, request.type);
    await run(print, stop);
  };
  task.done = runToEnd(world, task, runWithRoom, signal).then(() => logEnd(world, node, task));
  return task;
}

/** Adds a task that ended well before the lab was looked at: `at` in seconds, lab time. */
export function recordFinishedTask(node: NodeState, type: string, at: number, id = ""): void {
  const task = newTask(node, { type, id }, at, Math.max(0, at - Math.floor(node.bootTime / 1000)), () => {});
  task.endtime = at;
  task.exitstatus = "OK";
}

/** A process id that this node has not used yet. */
export function nextPid(node: NodeState): number {
  node.nextPid += 1 + (node.nextPid % 7);
  return node.nextPid;
}

function logEnd(world: World, node: NodeState, task: Task): void {
  const { user, upid, exitstatus = "" } = task;
  const priority = exitstatus === "OK" ? 6 : 3;
  writeClusterLog(world, node, { priority, tag: "pvedaemon", user, message: `end task ${upid} ${exitstatus}` });
}

/** `age` is the node's uptime in seconds: the kernel counts process starts in hundredths of it. */
function newTask(
  node: NodeState,
  request: TaskRequest,
  starttime: number,
  age: number,
  stop: () => void,
): Mutable<Task> {
  const pid = nextPid(node);
  const pstart = age * 100 + (pid % 100);
  const { type, id = "", user = "root@pam" } = request;
  const upid = `UPID:${node.name}:${hex(pid)}:${hex(pstart)}:${hex(starttime)}:${type}:${id}:${user}:`;
  const task: Mutable<Task> = {
    ...{ upid, node: node.name, pid, pstart, starttime, type, id, user, stop },
    ...{ endtime: undefined, exitstatus: undefined, output: "", done: Promise.resolve() },
  };
  node.tasks.unshift(task);
  return task;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function hex(value: number): string {
  return value.toString(16).toUpperCase().padStart(8, "0");
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
