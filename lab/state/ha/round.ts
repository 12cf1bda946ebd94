import { randomBytes } from "node:crypto";
import type { NodeState } from "../node.ts";
import type { World } from "../world.ts";
import type { CrmState, HaCluster, HaService } from "./ha-cluster.ts";

/** Everything one round of the manager needs. */
export interface Round {
  readonly world: World;
  readonly ha: HaCluster;
  readonly master: NodeState;
  log(text: string): void;
}

/** Gives a service a new state, and with it a new piece of work. */
export function changeState({ log }: Round, service: HaService, state: CrmState, target?: string): void {
  const where =
    target !== undefined ? `  (target = ${target})` : state === "started" ? `  (node = ${service.node})` : "";
  log(`service '${service.sid}': state changed from '${service.state}' to '${state}'${where}`);
  service.state = state;
  service.target = target;
  service.uid = newUid();
}

/** Nodes that can take a service now. */
export function onlineNodes(ha: HaCluster): string[] {
  return [...ha.nodeStatus].filter(([, status]) => status === "online").map(([name]) => name);
}

/** A name for a piece of work, as the manager makes them. */
export function newUid(): string {
  return randomBytes(16).toString("base64").slice(0, 22);
}
