import type { Dialect } from "../state/dialect.ts";
import type { NodeState } from "../state/node.ts";
import type { World } from "../state/world.ts";
import type { ParameterSchema, Parameters } from "./parameters.ts";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** One call as a route's handler sees it: checked parameters, the node that answers, and who asks. */
export interface ApiCall {
  readonly world: World;
  readonly node: NodeState;
  /** "root@pam"; empty for a public route without a session. */
  readonly user: string;
  readonly params: Parameters;
}

/** A path of the API and what it does. A handler gives the answer's data, or throws a PveError. */
export interface Route {
  readonly method: Method;
  /** "/nodes/{node}/tasks/{upid}/status" */
  readonly path: string;
  /** What the query or body may hold; path parts are not listed. */
  readonly parameters?: ParameterSchema;
  /** True when no session is needed. */
  readonly open?: true;
  /** True when pveproxy hands the call to pvedaemon, which shows in the answer's headers. */
  readonly relayed?: true;
  /** The only dialect that has this path; both without it. */
  readonly dialect?: Dialect;
  /** True when the call is about a name in the cluster's file system only, so that any member answers it (no proxying). */
  readonly anyNode?: true;
  handle(call: ApiCall): unknown;
}

/** A list whose answer carries a total beside it, because only a part of it is shown. */
export class PartialList {
  readonly rows: readonly unknown[];
  readonly total: number;
  constructor(rows: readonly unknown[], total: number) {
    this.rows = rows;
    this.total = total;
  }
}

/** A list with the difference that waits to be applied beside it, when something waits. */
export class ListWithChanges {
  readonly rows: readonly unknown[];
  readonly changes: string | undefined;
  constructor(rows: readonly unknown[], changes: string | undefined) {
    this.rows = rows;
    this.changes = changes;
  }
}

/** A route that only lists what is below it. */
export function indexRoute(path: string, names: readonly string[], key = "name"): Route {
  return { method: "GET", path, handle: () => names.map((name) => ({ [key]: name })) };
}
