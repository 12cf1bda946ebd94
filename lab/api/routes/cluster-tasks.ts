import type { Task } from "../../state/tasks.ts";
import { toNumber } from "../parameters.ts";
import type { ApiCall, Route } from "../route.ts";
import { isOnline, knownNodes } from "./node-rows.ts";

const SHOWN_PER_NODE = 25;

/** `/cluster/tasks`, the latest tasks of every node (one with a `pid` is still running), and `/cluster/log`. */
export const clusterTasksRoutes: readonly Route[] = [
  { method: "GET", path: "/cluster/tasks", handle: tasks },
  { method: "GET", path: "/cluster/log", parameters: { max: { type: "integer", minimum: 1 } }, handle: log },
];

function tasks({ world, node }: ApiCall) {
  return knownNodes(world, node)
    .filter((other) => isOnline(node, other))
    .flatMap((other) => other.tasks.slice(0, SHOWN_PER_NODE).map(taskRow));
}

function log({ world, node, params }: ApiCall) {
  return knownNodes(world, node)
    .filter((other) => isOnline(node, other))
    .flatMap((other) => other.clusterLog)
    .sort((a, b) => b.time - a.time || b.uid - a.uid)
    .slice(0, toNumber(params["max"]) ?? 50);
}

function taskRow(task: Task) {
  const { upid, node, pid, pstart, starttime, type, id, user, endtime, exitstatus } = task;
  const head = { upid, node, starttime, type, id, user };
  if (exitstatus === undefined) return { ...head, pid, pstart };
  return { ...head, endtime, status: exitstatus, saved: "1" };
}
