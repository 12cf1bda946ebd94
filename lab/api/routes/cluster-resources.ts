import type { StorageDefinition } from "../../state/cluster-database.ts";
import type { NodeState } from "../../state/node.ts";
import { toldZones } from "../../state/sdn-status.ts";
import { storagesOf, storageUsage } from "../../state/usage.ts";
import type { World } from "../../state/world.ts";
import type { ApiCall, Route } from "../route.ts";
import { guestRow } from "./guest-rows.ts";
import { isOnline, knownNodes, nodeRow } from "./node-rows.ts";

/** `/cluster/resources`: guests, nodes, storages and SDN zones of the whole cluster; `type` filters as oddly as on real nodes. */
export const clusterResourcesRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/cluster/resources",
    parameters: { type: { values: ["vm", "storage", "node", "sdn"] } },
    handle: resources,
  },
];

function resources({ world, node, params }: ApiCall) {
  const nodes = knownNodes(world, node);
  const rows = [
    ...nodes.flatMap((other) => [...other.guests.values()].map((guest) => guestRow(world, other, guest))),
    ...nodes.map((other) => ({
      ...nodeRow(world, node, other),
      ...(isOnline(node, other) ? { "cgroup-mode": 2 } : {}),
      ...haState(world, node, other),
    })),
    ...nodes.flatMap((other) => storagesOf(other).map((storage) => storageRow(world, node, other, storage))),
    ...nodes.map((other) => zoneRow(world, other, "localnetwork", "ok")),
    ...nodes.filter((other) => isOnline(node, other)).flatMap((other) => appliedZones(world, other)),
  ];
  const { type } = params;
  if (type === undefined) return rows;
  const wanted = type === "vm" ? ["qemu", "lxc"] : [type];
  return rows.filter((row) => wanted.includes(row.type));
}

/** Version 9 lists what the HA manager thinks of a node, once there is one. */
function haState(world: World, node: NodeState, { name }: NodeState) {
  const hastate = world.dialect === "9" ? node.database.ha.nodeStatus.get(name) : undefined;
  return hastate === undefined ? {} : { hastate };
}

function storageRow(world: World, node: NodeState, other: NodeState, storage: StorageDefinition) {
  const head = {
    id: `storage/${other.name}/${storage.id}`,
    type: "storage",
    node: other.name,
    storage: storage.id,
    plugintype: storage.type,
    content: storage.content.join(","),
    shared: storage.shared ? 1 : 0,
  };
  if (!isOnline(node, other)) return { ...head, status: "unknown" };
  const { used, total } = storageUsage(world, other, storage);
  return { ...head, status: "available", disk: used, maxdisk: total };
}

/** The SDN zones that a node told of. */
function appliedZones(world: World, node: NodeState) {
  return [...toldZones(world, node)].map(([zone, { status, zoneType }]) =>
    zoneRow(world, node, zone, status, zoneType),
  );
}

/** A zone on a node; `localnetwork` is on every one. Version 9 renamed the type, its filter did not follow. */
function zoneRow(world: World, node: NodeState, zone: string, status: string, zoneType?: string) {
  const head = { node: node.name, status };
  if (world.dialect === "8.4") return { ...head, id: `sdn/${node.name}/${zone}`, type: "sdn", sdn: zone };
  const row = { ...head, id: `network/${node.name}/zone/${zone}`, type: "network", network: zone };
  return { ...row, "network-type": "zone", ...(zoneType === undefined ? {} : { "zone-type": zoneType }) };
}
