import type { NodeState } from "./node.ts";
import { nextRunning } from "./sdn-apply.ts";
import { FRR_FILE, frrConfig } from "./sdn-frr.ts";
import { renderSdnInterfaces, SDN_FILE } from "./sdn-interfaces.ts";
import { unifiedDiff } from "./unified-diff.ts";
import type { World } from "./world.ts";

/** What an apply would change in a node's files now, as unified differences; empty texts when it would change nothing. */
export function dryRun(world: World, node: NodeState): Readonly<Record<"frr-diff" | "interfaces-diff", string>> {
  const next = renderSdnInterfaces(node, nextRunning(node.database.sdn));
  return {
    "frr-diff": differenceOf(world, node, FRR_FILE, frrConfig(node, true), 5),
    "interfaces-diff": differenceOf(world, node, SDN_FILE, next, 6),
  };
}

/** The new text is handed to diff on a descriptor, so its name is one of a process. */
function differenceOf(world: World, node: NodeState, path: string, text: string, descriptor: number): string {
  const before = path === FRR_FILE ? frrConfig(node, false) : node.files.get(path);
  const now = stamp(world.clock.now());
  return unifiedDiff(
    { label: `${path}\t${stamp(before === undefined ? 0 : node.bootTime)}`, text: before ?? "" },
    { label: `/proc/${node.nextPid}/fd/${descriptor}\t${now}`, text },
  );
}

function stamp(ms: number): string {
  const [date = "", time = ""] = new Date(ms).toISOString().replace("Z", "").split("T");
  return `${date} ${time.padEnd(18, "0")} +0000`;
}
