import type { NodeState } from "./node.ts";

/** FRR's configuration, which version 9 writes with every apply, also where no zone routes. */
export const FRR_FILE = "/etc/frr/frr.conf";

/** Its text on a node: as it is, or as the next apply writes it. The packages' own file is shortened to the one line that stays. */
export function frrConfig(node: NodeState, next: boolean): string {
  if (!next) return node.files.get(FRR_FILE) ?? "log syslog informational\n";
  return [
    "frr version 10.4.1",
    "frr defaults datacenter",
    `hostname ${node.name}`,
    "log syslog informational",
    "service integrated-vtysh-config",
    "!",
    "line vty",
    "!",
    "",
  ].join("\n");
}
