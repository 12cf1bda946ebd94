import type { Guest } from "../../state/guest.ts";
import { commandParts, startInGuest, statusInGuest } from "../../state/guest-exec.ts";
import { cardsOf } from "../../state/guest-network.ts";
import { vmOn } from "../../state/guest-place.ts";
import { cardName } from "../../state/guest-programs.ts";
import { parseProperties } from "../../state/property-string.ts";
import { PveError } from "../../state/pve-error.ts";
import type { World } from "../../state/world.ts";
import type { ApiCall, Route } from "../route.ts";

const PATH = "/nodes/{node}/qemu/{vmid}";

/** What the guest agent tells (`agent/…`), and the list of snapshots, of which the lab has none. */
export const qemuInsideRoutes: readonly Route[] = [
  { method: "GET", path: `${PATH}/agent/network-get-interfaces`, relayed: true, handle: interfaces },
  { method: "GET", path: `${PATH}/agent/get-host-name`, relayed: true, handle: hostName },
  { method: "POST", path: `${PATH}/agent/ping`, relayed: true, handle: ping },
  {
    method: "POST",
    path: `${PATH}/agent/exec`,
    relayed: true,
    parameters: { command: { required: true }, "input-data": {} },
    handle: (call) => ({
      pid: startInGuest({ ...call, guest: talkingGuest(call) }, commandParts(call.params["command"])),
    }),
  },
  {
    method: "GET",
    path: `${PATH}/agent/exec-status`,
    relayed: true,
    parameters: { pid: { type: "integer", required: true } },
    handle: (call) => statusInGuest(talkingGuest(call), Number(call.params["pid"])),
  },
  { method: "GET", path: `${PATH}/snapshot`, relayed: true, handle: snapshots },
  {
    method: "GET",
    path: `${PATH}/feature`,
    relayed: true,
    parameters: { feature: { required: true, values: ["snapshot", "clone", "copy"] }, snapname: {} },
    handle: feature,
  },
];

/** The guest, when its agent answers; throws what Proxmox says when it does not. */
function talkingGuest({ world, node, params }: ApiCall): Guest {
  const guest = vmOn(node, params["vmid"] ?? "");
  const agent = parseProperties(guest.config.get("agent") ?? "0", "enabled").get("enabled");
  if (agent !== "1") throw new PveError("No QEMU guest agent configured");
  if (guest.status !== "running") throw new PveError(`VM ${guest.vmid} is not running`);
  if (!guest.system?.agent || !isUp(world, guest)) throw new PveError("QEMU guest agent is not running");
  return guest;
}

function isUp(world: World, guest: Guest): boolean {
  return guest.silentUntil <= world.clock.now();
}

function interfaces(call: ApiCall) {
  const guest = talkingGuest(call);
  const loopback = {
    name: "lo",
    "hardware-address": "00:00:00:00:00:00",
    "ip-addresses": [{ "ip-address-type": "ipv4", "ip-address": "127.0.0.1", prefix: 8 }],
  };
  const cards = cardsOf(guest).map(({ mac, address }, index) => ({
    name: cardName(index),
    "hardware-address": mac.toLowerCase(),
    "ip-addresses": address
      ? [{ "ip-address-type": "ipv4", "ip-address": address.address, prefix: address.prefix }]
      : [],
  }));
  return { result: [loopback, ...cards] };
}

function hostName(call: ApiCall) {
  return { result: { "host-name": talkingGuest(call).system?.hostname } };
}

function ping(call: ApiCall) {
  talkingGuest(call);
  return { result: {} };
}

function snapshots({ node, params }: ApiCall) {
  const guest = vmOn(node, params["vmid"] ?? "");
  const running = guest.status === "running" ? 1 : 0;
  return [{ name: "current", description: "You are here!", running, digest: "" }];
}

function feature({ node, params }: ApiCall) {
  vmOn(node, params["vmid"] ?? "");
  return { hasFeature: params["feature"] === "clone" ? 0 : 1, nodes: [node.name] };
}
