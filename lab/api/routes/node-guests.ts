import type { Guest } from "../../state/guest.ts";
import { PveError } from "../../state/pve-error.ts";
import type { ApiCall, Route } from "../route.ts";
import { guestFigures } from "./guest-rows.ts";

const FULL = { full: { type: "boolean" } } as const;

/** `/nodes/NODE/qemu` and `lxc`: the guests of a node. */
export const nodeGuestsRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/nodes/{node}/qemu",
    relayed: true,
    parameters: FULL,
    handle: (call) => list(call, "qemu"),
  },
  { method: "GET", path: "/nodes/{node}/lxc", relayed: true, handle: (call) => list(call, "lxc") },
  { method: "GET", path: "/nodes/{node}/qemu/{vmid}/config", handle: config },
];

function list({ world, node }: ApiCall, type: Guest["type"]) {
  return [...node.guests.values()]
    .filter((guest) => guest.type === type)
    .map((guest) => {
      const { diskread: _, diskwrite: __, ...figures } = guestFigures(world, guest);
      return { ...figures, cpus: guest.cores };
    });
}

function config({ node, params }: ApiCall) {
  const vmid = params["vmid"] ?? "";
  const guest = node.guests.get(Number(vmid));
  if (guest?.type !== "qemu") {
    throw new PveError(`Configuration file 'nodes/${node.name}/qemu-server/${vmid}.conf' does not exist`);
  }
  return Object.fromEntries(guest.config);
}
