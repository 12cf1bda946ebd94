import type { Task } from "../../state/tasks.ts";
import type { ApiCall, Route } from "../route.ts";
import { isOnline, knownNodes } from "./node-rows.ts";

const SHOWN_PER_NODE = 25;

/** `/cluster/tasks`: the latest tasks of every node; one with a `pid` is still running. */
export const clusterTasksRoutes: readonly Route[] = [{ method: "GET", path: "/cluster/tasks", handle: tasks }];

function tasks({ world, node }: ApiCall) {
  return knownNodes(world, node)
    .filter((other) => isOnline(node, other))
    .flatMap((other) => other.tasks.slice(0, SHOWN_PER_NODE).map(taskRow));
}

function taskRow(task: Task) {
  const { upid, node, pid, pstart, starttime, type, id, user, endtime, exitstatus } = task;
  const head = { upid, node, starttime, type, id, user };
  if (exitstatus === undefined) return { ...head, pid, pstart };
  return { ...head, endtime, status: exitstatus, saved: "1" };
}
