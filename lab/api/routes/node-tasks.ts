import type { NodeState } from "../../state/node.ts";
import { parameterError } from "../../state/pve-error.ts";
import { type Task, taskLog } from "../../state/tasks.ts";
import type { ParameterSchema } from "../parameters.ts";
import { isTrue, toNumber } from "../parameters.ts";
import { type ApiCall, PartialList, type Route } from "../route.ts";

const LIST: ParameterSchema = {
  start: { type: "integer", minimum: 0 },
  limit: { type: "integer", minimum: 0 },
  userfilter: {},
  typefilter: {},
  statusfilter: {},
  vmid: { type: "integer" },
  errors: { type: "boolean" },
  source: { values: ["archive", "active", "all"] },
  since: { type: "integer" },
  until: { type: "integer" },
};

const LOG: ParameterSchema = {
  start: { type: "integer", minimum: 0 },
  limit: { type: "integer", minimum: 0 },
  download: { type: "boolean" },
};

/** `/nodes/NODE/tasks`: finished tasks by default, and one task's status and log. */
export const nodeTasksRoutes: readonly Route[] = [
  { method: "GET", path: "/nodes/{node}/tasks", parameters: LIST, handle: list },
  { method: "GET", path: "/nodes/{node}/tasks/{upid}/status", relayed: true, handle: status },
  { method: "GET", path: "/nodes/{node}/tasks/{upid}/log", relayed: true, parameters: LOG, handle: log },
  { method: "DELETE", path: "/nodes/{node}/tasks/{upid}", relayed: true, handle: stop },
];

const UPID = /^UPID:[^:]+:[0-9A-Fa-f]{8}:[0-9A-Fa-f]{8,9}:[0-9A-Fa-f]{8}:[^:\s]+:[^:\s]*:[^:\s]+:$/;

function list({ node, params }: ApiCall): PartialList {
  const found = node.tasks.filter((task) => isWanted(task, params));
  const start = toNumber(params["start"]) ?? 0;
  const limit = toNumber(params["limit"]) ?? 50;
  return new PartialList(found.slice(start, limit === 0 ? undefined : start + limit).map(taskRow), found.length);
}

function isWanted(task: Task, params: ApiCall["params"]): boolean {
  const { source = "archive", userfilter, typefilter, vmid, since, until, errors } = params;
  const running = task.exitstatus === undefined;
  if (source !== "all" && running !== (source === "active")) return false;
  if (isTrue(errors) && (running || task.exitstatus === "OK")) return false;
  if (userfilter !== undefined && !task.user.toLowerCase().includes(userfilter.toLowerCase())) return false;
  if (typefilter !== undefined && task.type !== typefilter) return false;
  if (vmid !== undefined && task.id !== vmid) return false;
  return (
    (since === undefined || task.starttime >= Number(since)) && (until === undefined || task.starttime <= Number(until))
  );
}

function taskRow(task: Task) {
  const { endtime, exitstatus } = task;
  return { ...taskHead(task), ...(exitstatus === undefined ? {} : { endtime, status: exitstatus }) };
}

function status({ node, params }: ApiCall) {
  const task = findTask(node, params["upid"]);
  const { exitstatus } = task;
  if (exitstatus === undefined) return { ...taskHead(task), status: "running" };
  return { ...taskHead(task), status: "stopped", exitstatus };
}

function log({ node, params }: ApiCall): PartialList {
  const lines = taskLog(findTask(node, params["upid"]));
  const start = toNumber(params["start"]) ?? 0;
  const limit = toNumber(params["limit"]) ?? 50;
  const rows = lines.map((text, index) => ({ n: index + 1, t: text }));
  const shown = rows.slice(start, limit === 0 ? undefined : start + limit);
  return new PartialList(shown.length === 0 && start === 0 ? [{ n: 1, t: "no content" }] : shown, lines.length);
}

function stop({ node, params }: ApiCall): null {
  const task = findTask(node, params["upid"]);
  if (task.exitstatus === undefined) task.stop();
  return null;
}

function taskHead({ upid, node, pid, pstart, starttime, type, id, user }: Task) {
  return { upid, node, pid, pstart, starttime, type, id, user };
}

function findTask(node: NodeState, upid = ""): Task {
  if (!UPID.test(upid)) throw parameterError({ upid: "unable to parse worker upid" });
  const task = node.tasks.find((known) => known.upid === upid);
  if (!task) throw parameterError({ upid: "no such task" });
  return task;
}
