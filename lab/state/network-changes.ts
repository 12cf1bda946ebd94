import { INTERFACES_FILE, interfacesText, PENDING_FILE, pendingText } from "./network-config.ts";
import type { NodeState } from "./node.ts";
import { unifiedDiff } from "./unified-diff.ts";

/** What waits to be applied to a node's network, as the web page shows it: a unified difference, undefined when nothing waits. */
export function networkChanges(node: NodeState): string | undefined {
  const waiting = pendingText(node);
  if (waiting === undefined) return undefined;
  const date = new Date(node.bootTime).toISOString().replace("T", " ").replace("Z", "000000 +0000");
  const [before, after] = [`${INTERFACES_FILE}\t${date}`, `${PENDING_FILE}\t${date}`];
  return unifiedDiff({ label: before, text: interfacesText(node) }, { label: after, text: waiting }) || undefined;
}
