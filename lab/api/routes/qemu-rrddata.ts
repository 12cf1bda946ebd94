import { bootDiskSize, type Guest, guestCores, guestMemory } from "../../state/guest.ts";
import { vmOn } from "../../state/guest-place.ts";
import type { World } from "../../state/world.ts";
import type { ApiCall, Route } from "../route.ts";
import { RRD_PARAMETERS, rrdFrame } from "./rrd-frame.ts";

/** `/nodes/NODE/qemu/VMID/rrddata`: the curves of a machine's summary; points before it was made have a time alone. */
export const qemuRrddataRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/nodes/{node}/qemu/{vmid}/rrddata",
    relayed: true,
    parameters: RRD_PARAMETERS,
    handle: points,
  },
];

function points({ world, node, params }: ApiCall) {
  const guest = vmOn(node, params["vmid"] ?? "");
  const { times } = rrdFrame({ world, params });
  // Every node keeps the curves of every guest, so a migration leaves no gap.
  const born = Number(/ctime=(\d+)/.exec(guest.config.get("meta") ?? "")?.[1] ?? 0);
  return times.map((time) => {
    return guest.status === "running" && time > born ? { time, ...figures(world, guest, time) } : { time };
  });
}

function figures(world: World, guest: Guest, at: number) {
  const wave = (Math.sin(at / 310 + guest.vmid) + Math.sin(at / 97)) / 4 + 0.5;
  const common = {
    cpu: 0.008 + 0.03 * wave,
    maxcpu: guestCores(guest),
    mem: Math.round(guestMemory(guest) * (0.4 + 0.03 * wave)),
    maxmem: guestMemory(guest),
    disk: 0,
    maxdisk: bootDiskSize(guest),
    diskread: 20_000 * wave,
    diskwrite: 9000 * wave,
    netin: 2600 * wave,
    netout: 1700 * wave,
  };
  if (world.dialect === "8.4") return common;
  const pressure = ["cpu", "io", "memory"].flatMap((kind) => [`pressure${kind}some`, `pressure${kind}full`]);
  return {
    ...common,
    memhost: Math.round(common.mem * 1.12),
    ...Object.fromEntries(pressure.map((name) => [name, 0])),
  };
}
