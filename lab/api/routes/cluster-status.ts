import type { NodeState } from "../../state/node.ts";
import { isQuorate } from "../../state/quorum.ts";
import type { ApiCall, Route } from "../route.ts";

/** `/cluster/status`: the cluster (when there is one) and every node, as the asked node sees them. */
export const clusterStatusRoutes: readonly Route[] = [
  { method: "GET", path: "/cluster/status", relayed: true, handle: status },
];

function status({ world, node }: ApiCall) {
  const config = node.database.corosync;
  if (!config) return [nodeRow(node.name, 0, ownAddress(node), true, true)];
  const { name, version, nodes } = config;
  const cluster = {
    type: "cluster",
    id: "cluster",
    name,
    nodes: nodes.length,
    version,
    quorate: isQuorate(node) ? 1 : 0,
  };
  const rows = nodes.map((entry) => {
    const online = entry.name === node.name || node.corosync.members.includes(entry.name);
    const address = world.nodes.get(entry.name)?.address ?? "";
    return nodeRow(entry.name, entry.nodeid, address, online, entry.name === node.name);
  });
  return [cluster, ...rows];
}

/** What its name resolves to: the address that its installation, or somebody since, has given it. */
function ownAddress({ address, interfaces }: NodeState): string {
  return interfaces.find(({ type }) => type === "bridge")?.address ?? address;
}

function nodeRow(name: string, nodeid: number, ip: string, online: boolean, local: boolean) {
  return {
    type: "node",
    id: `node/${name}`,
    name,
    nodeid,
    ip,
    level: "",
    online: online ? 1 : 0,
    local: local ? 1 : 0,
  };
}
