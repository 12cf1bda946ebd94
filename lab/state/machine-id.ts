import { createHash } from "node:crypto";
import type { NodeState } from "./node.ts";

/** What stands in /etc/machine-id: 32 digits that tell this installation from any other. */
export function machineId(node: Pick<NodeState, "name">): string {
  return createHash("md5").update(`machine ${node.name}`).digest("hex");
}
