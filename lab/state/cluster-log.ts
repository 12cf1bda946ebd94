import type { LogEntry, NodeState } from "./node.ts";
import type { World } from "./world.ts";

/** What one line of the cluster log says; `priority` is syslog's: 3 error, 5 notice, 6 information. */
export interface LogMessage {
  readonly priority: 3 | 5 | 6;
  /** Program: "pvedaemon", "pvecm", "cluster". */
  readonly tag: string;
  readonly user: string;
  readonly message: string;
}

const KEPT = 200;

/** Adds a line to the node's part of the cluster log. */
export function writeClusterLog(world: World, node: NodeState, line: LogMessage): void {
  const uid = (node.clusterLog[0]?.uid ?? 0) + 1;
  const { priority: pri, tag, user, message: msg } = line;
  const entry: LogEntry = {
    uid,
    time: world.clock.seconds(),
    pri,
    tag,
    pid: 800 + node.name.length,
    node: node.name,
    user,
    msg,
  };
  node.clusterLog.unshift(entry);
  node.clusterLog.length = Math.min(node.clusterLog.length, KEPT);
}
