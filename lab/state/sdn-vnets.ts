import { randomBytes } from "node:crypto";
import type { Dialect } from "./dialect.ts";
import type { NodeState } from "./node.ts";
import { PveError, parameterError } from "./pve-error.ts";
import type { SdnSection, SdnState } from "./sdn.ts";
import { changeSdn, merged, type SdnRequest, sdnSection, sdnValues } from "./sdn-change.ts";

/** Where Perl stands when it looks up the type of a zone that does not exist. */
const LOOKUP_LINE: Readonly<Record<Dialect, number>> = { "9": 326, "8.4": 232 };

/** POST cluster/sdn/vnets. */
export function createVnet(node: NodeState, dialect: Dialect, request: SdnRequest): void {
  changeSdn(node, "create sdn vnet object", request.token, (sdn) => {
    if (sdn.configured.vnets.has(request.id)) {
      throw new PveError(`sdn vnet object ID '${request.id}' already defined`);
    }
    const { type: _, ...values } = request.values;
    sdn.configured.vnets.set(request.id, checked(sdn, dialect, request.id, { type: "vnet", ...sdnValues(values) }));
  });
}

/** PUT cluster/sdn/vnets/ID. */
export function updateVnet(node: NodeState, dialect: Dialect, request: SdnRequest): void {
  changeSdn(node, "update sdn vnet object", request.token, (sdn) => {
    const before = sdnSection(sdn, "vnets", request.id);
    const vnet = merged(before, request);
    const hasSubnets = [...sdn.configured.subnets.values()].some((subnet) => subnet["vnet"] === request.id);
    if (hasSubnets && before["zone"] !== vnet["zone"]) {
      throw parameterError({ zone: "can't change zone if subnets exist" });
    }
    sdn.configured.vnets.set(request.id, checked(sdn, dialect, request.id, vnet));
  });
}

/** DELETE cluster/sdn/vnets/ID: refused while it has subnets. */
export function deleteVnet(node: NodeState, request: SdnRequest): void {
  changeSdn(node, "delete sdn vnet object", request.token, (sdn) => {
    sdnSection(sdn, "vnets", request.id);
    const used = [...sdn.configured.subnets.values()].some((subnet) => subnet["vnet"] === request.id);
    if (used) throw new PveError("Can't delete vnet if subnets exists");
    sdn.configured.vnets.delete(request.id);
  });
}

function checked(sdn: SdnState, dialect: Dialect, id: string, vnet: SdnSection): SdnSection {
  const zone = sdn.configured.zones.get(String(vnet["zone"]));
  if (!zone) {
    const place = `/usr/share/perl5/PVE/API2/Network/SDN/Vnets.pm line ${LOOKUP_LINE[dialect]}.`;
    throw new PveError(`cannot lookup undefined type! at ${place}`);
  }
  assertTag(sdn, id, vnet, zone.type);
  return zone.type === "simple" && vnet["mac"] === undefined ? { ...vnet, mac: randomMac() } : vnet;
}

function assertTag(sdn: SdnState, id: string, vnet: SdnSection, zoneType: string): void {
  const tag = vnet["tag"];
  const refuse = (text: string): never => {
    throw parameterError({ tag: text });
  };
  if (zoneType === "simple") {
    if (tag !== undefined) refuse("vlan tag is not allowed on simple zone");
    return;
  }
  const [kind, greatest] = zoneType === "vxlan" || zoneType === "evpn" ? ["vxlan", 16_777_216] : ["vlan", 4096];
  if (tag === undefined) refuse(`missing ${kind} tag`);
  if (Number(tag) > Number(greatest)) refuse(`${kind} tag max value is ${greatest}`);
  for (const [other, section] of sdn.configured.vnets) {
    if (other === id || section["tag"] !== tag) continue;
    const theirs = String(section["zone"]);
    const tunnelled = ["vxlan", "evpn"].includes(sdn.configured.zones.get(theirs)?.type ?? "");
    // VXLAN numbers are unique everywhere, VLAN tags within their zone.
    if (kind === "vxlan" && tunnelled) refuse(`vxlan tag ${tag} already exist in vnet ${other} in zone ${theirs} `);
    if (kind === "vlan" && theirs === vnet["zone"]) refuse(`tag ${tag} already exist in vnet ${other}`);
  }
}

function randomMac(): string {
  const bytes = [...randomBytes(3)].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase());
  return ["BC", "24", "11", ...bytes].join(":");
}
