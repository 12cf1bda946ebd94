import { assertRoomFor } from "../state/full-disk.ts";
import type { NodeState } from "../state/node.ts";
import { errorText, PveError } from "../state/pve-error.ts";
import { nodeOf, unresolved, type World } from "../state/world.ts";
import { checkParameters, type Parameters } from "./parameters.ts";
import { ListWithChanges, type Method, PartialList, type Route } from "./route.ts";
import { findRoute } from "./router.ts";

/** What a call answers, before a door puts it in an envelope. */
export interface ApiAnswer {
  /** 200, 400, 424, 500, 501, 595 … */
  readonly status: number;
  /** Text of the status line. */
  readonly reason: string;
  readonly data: unknown;
  /** With the trailing newline real nodes give most messages; undefined on success. */
  readonly message?: string;
  readonly errors?: Readonly<Record<string, string>>;
  readonly total?: number;
  /** What waits to be applied, as a unified difference. */
  readonly changes?: string;
  /** True for an answer without any body (595). */
  readonly empty?: true;
  readonly route?: Route;
  /** True when another node than the asked one did it. */
  readonly proxied?: boolean;
}

/** Does one API call on a node without HTTP, as `pvesh` does: `path` is "/cluster/status", parameters are texts. Never throws. */
export async function callApi(
  world: World,
  nodeName: string,
  method: Method,
  path: string,
  params: Parameters = {},
  user = "root@pam",
): Promise<ApiAnswer> {
  const found = findRoute(method, path, world.dialect);
  if (!found) return answerError(new PveError(`Method '${method} ${path}' not implemented`, 501));
  const { route, parts } = found;
  try {
    const here = nodeOf(world, nodeName);
    const target = route.anyNode ? here : targetOf(world, here, parts["node"]);
    if (target.proxy === "down") return { status: 595, reason: "Connection refused", data: null, empty: true, route };
    checkParameters(params, route.parameters ?? {});
    if (method !== "GET") assertRoomFor(world, target, path);
    const result = await route.handle({ world, node: target, user, params: { ...params, ...parts } });
    return { ...answerData(result), route, proxied: target !== here };
  } catch (error) {
    return { ...answerError(error), route };
  }
}

/** An answer for whatever was thrown. */
export function answerError(error: unknown): ApiAnswer {
  const known = error instanceof PveError ? error : new PveError(errorText(error));
  const reason = known.message.trimEnd();
  // Real nodes end most messages in a newline; these two are raised without one.
  const message = known.status === 501 || known.status === 424 ? reason : `${reason}\n`;
  return { status: known.status, reason, data: null, message, ...(known.errors ? { errors: known.errors } : {}) };
}

function answerData(result: unknown): ApiAnswer {
  if (result instanceof PartialList) return { status: 200, reason: "OK", data: result.rows, total: result.total };
  if (result instanceof ListWithChanges) {
    const { rows, changes } = result;
    return { status: 200, reason: "OK", data: rows, ...(changes === undefined ? {} : { changes }) };
  }
  return { status: 200, reason: "OK", data: result ?? null };
}

/** The node that a path speaks of: the asked one for "localhost" and itself, a fellow member else. */
function targetOf(world: World, here: NodeState, name: string | undefined): NodeState {
  if (name === undefined || name === "localhost" || name === here.name) return here;
  const isMember = here.database.corosync?.nodes.some((entry) => entry.name === name) ?? false;
  // A name outside the cluster cannot be resolved, even when the lab has such a machine.
  if (!isMember) throw unresolved(name);
  return nodeOf(world, name);
}
