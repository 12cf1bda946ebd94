import type { NodeState } from "./node.ts";
import type { SdnSection, SdnZoneStatus } from "./sdn.ts";
import { isOnNode, localSdnVersion } from "./sdn-interfaces.ts";
import type { World } from "./world.ts";

/** A VNet as its node reports it. */
export interface VnetStatus {
  readonly vnet: string;
  readonly status: "available" | "pending" | "error";
  readonly statusmsg: string | null;
}

/** pvestatd tells the cluster about its zones every ten seconds, lab milliseconds. */
const ROUND_MS = 10_000;

/** The applied zones of a node, by id. "available" only means that the node's file is new enough: a missing bridge does not show in it. */
export function zoneStatuses(node: NodeState): Map<string, SdnZoneStatus> {
  const { running } = node.database.sdn;
  const statuses = new Map<string, SdnZoneStatus>();
  if (!running) return statuses;
  const behind = behindText(node) !== undefined;
  for (const [id, zone] of [...running.sections.zones].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!isOnNode(zone, node.name)) continue;
    const broken = !behind && vnetStatuses(node, id).some(({ status }) => status === "error");
    statuses.set(id, { status: behind ? "pending" : broken ? "error" : "available", zoneType: zone.type });
  }
  return statuses;
}

/** The VNets of one zone on a node. */
export function vnetStatuses(node: NodeState, zoneId: string): VnetStatus[] {
  const { running } = node.database.sdn;
  const zone = running?.sections.zones.get(zoneId);
  if (!running || !zone || !isOnNode(zone, node.name)) return [];
  const behind = behindText(node);
  return [...running.sections.vnets]
    .filter(([, vnet]) => vnet["zone"] === zoneId)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([vnet, section]) => {
      if (behind !== undefined) return { vnet, status: "pending", statusmsg: behind };
      const wrong = faultsOf(node, vnet, section, zone);
      return wrong.length > 0
        ? { vnet, status: "error", statusmsg: wrong.join(",") }
        : { vnet, status: "available", statusmsg: null };
    });
}

/** What the whole cluster last heard of a node's zones. */
export function toldZones(world: World, node: NodeState): ReadonlyMap<string, SdnZoneStatus> {
  const round = Math.floor(world.clock.now() / ROUND_MS);
  if (node.power === "on" && node.sdn.told.round !== round) node.sdn.told = { round, zones: zoneStatuses(node) };
  return node.sdn.told.zones;
}

/** What keeps a node's own SDN behind the cluster's; undefined when it is up to date. */
export function behindText(node: NodeState): string | undefined {
  const local = localSdnVersion(node);
  const version = node.database.sdn.running?.version ?? 0;
  if (local === undefined) return "local sdn network configuration is not yet generated, please reload";
  return local < version ? "local sdn network configuration is too old, please reload" : undefined;
}

/** Only VLAN zones look at the interfaces themselves; the others are content with a stanza of that name. */
function faultsOf(node: NodeState, vnet: string, section: SdnSection, zone: SdnSection): string[] {
  const stanza = new RegExp(`^iface ${vnet}$`, "m").test(node.files.get("/etc/network/interfaces.d/sdn") ?? "");
  if (zone.type === "vlan") {
    const bridge = node.interfaces.find((nic) => nic.name === zone["bridge"] && nic.type === "bridge");
    if (!bridge) return [`missing ${zone["bridge"]}`];
  }
  if (!stanza) return ["vnet is not generated. Please check the 'reload network' task log."];
  if (zone.type !== "vlan") return [];
  const aware = node.interfaces.find((nic) => nic.name === zone["bridge"])?.vlanAware === true;
  const wanted = aware ? [vnet] : [vnet, `${zone["bridge"]}v${section["tag"]}`, `ln_${vnet}`, `pr_${vnet}`];
  return wanted.filter((name) => !node.sdn.links.some((link) => link.name === name)).map((name) => `error ${name}`);
}
