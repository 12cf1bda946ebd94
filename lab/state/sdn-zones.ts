import { isIP } from "node:net";
import type { Dialect } from "./dialect.ts";
import type { NodeState } from "./node.ts";
import { PveError, parameterError } from "./pve-error.ts";
import type { SdnSection } from "./sdn.ts";
import { changeSdn, merged, type SdnRequest, sdnSection, sdnValues } from "./sdn-change.ts";

export const ZONE_TYPES = ["evpn", "faucet", "qinq", "simple", "vlan", "vxlan"] as const;

/** What each type of zone must have; the rest is optional. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  evpn: ["controller", "vrf-vxlan"],
  faucet: ["controller"],
  qinq: ["bridge", "tag"],
  simple: [],
  vlan: ["bridge"],
  vxlan: [],
};

/** POST cluster/sdn/zones: a zone that waits for the next apply. */
export function createZone(node: NodeState, dialect: Dialect, request: SdnRequest): void {
  const { type = "", ...values } = request.values;
  const zone: SdnSection = { type, ...sdnValues(values) };
  assertZone(zone, dialect);
  changeSdn(node, "create sdn zone object", request.token, ({ configured }) => {
    if (configured.zones.has(request.id)) throw new PveError(`sdn zone object ID '${request.id}' already defined`);
    assertUnderlay(zone, dialect);
    configured.zones.set(request.id, zone);
  });
}

/** PUT cluster/sdn/zones/ID. */
export function updateZone(node: NodeState, dialect: Dialect, request: SdnRequest): void {
  changeSdn(node, "update sdn zone object", request.token, (sdn) => {
    const zone = merged(sdnSection(sdn, "zones", request.id), request);
    assertZone(zone, dialect);
    assertUnderlay(zone, dialect);
    sdn.configured.zones.set(request.id, zone);
  });
}

/** DELETE cluster/sdn/zones/ID: refused while a VNet uses it. */
export function deleteZone(node: NodeState, request: SdnRequest): void {
  changeSdn(node, "delete sdn zone object", request.token, (sdn) => {
    sdnSection(sdn, "zones", request.id);
    for (const [vnet, { zone }] of sdn.configured.vnets) {
      if (zone === request.id) {
        const place = "/usr/share/perl5/PVE/Network/SDN/Zones/Plugin.pm line 169.";
        throw new PveError(`zone ${request.id} is used by vnet ${vnet} at ${place}`);
      }
    }
    sdn.configured.zones.delete(request.id);
  });
}

/** The text that refuses an id: eight letters and digits at most, a letter first. */
export function zoneIdRefusal(id: string): string | undefined {
  return idRefusal("zone", id);
}

/** The same for any kind of section. */
export function idRefusal(kind: "zone" | "vnet", id: string): string | undefined {
  if (!/^[a-z][a-z0-9]*[a-z0-9]$/i.test(id)) return `invalid format - ${kind} ID '${id}' contains illegal characters\n`;
  return id.length > 8 ? `invalid format - ${kind} ID '${id}' can't be more length than 8 characters\n` : undefined;
}

function assertZone(zone: SdnSection, dialect: Dialect): void {
  // 8.4 has no fabrics: there a VXLAN zone without peers lacks a required option.
  const required = [...(REQUIRED[zone.type] ?? []), ...(zone.type === "vxlan" && dialect === "8.4" ? ["peers"] : [])];
  for (const name of required) {
    if (zone[name] === undefined) throw new PveError(`missing value for required option '${name}'`);
  }
  const peers = String(zone["peers"] ?? "");
  const wrong = peers.split(/[,; ]+/).find((peer) => peer !== "" && isIP(peer) === 0);
  if (wrong !== undefined)
    throw parameterError({ peers: "invalid format - value does not look like a valid IP address\n" });
}

function assertUnderlay(zone: SdnSection, dialect: Dialect): void {
  if (zone.type !== "vxlan" || dialect === "8.4") return;
  if ((zone["peers"] === undefined) !== (zone["fabric"] === undefined)) return;
  const text = "must have exactly one of peers / fabric defined";
  throw parameterError({ peers: text, fabric: text });
}
