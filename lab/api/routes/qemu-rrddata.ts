import { bootDiskSize, type Guest, guestCores, guestMemory } from "../../state/guest.ts";
import { vmOn } from "../../state/guest-place.ts";
import type { World } from "../../state/world.ts";
import type { ApiCall, Route } from "../route.ts";

/** Seconds between points, by time frame; every frame has 70 points. */
const STEPS: Readonly<Record<string, number>> = { hour: 60, day: 1800, week: 10_800, month: 43_200, year: 604_800 };
const POINTS = 70;

/** `/nodes/NODE/qemu/VMID/rrddata`: the curves of a machine's summary; points before it was made have a time alone. */
export const qemuRrddataRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/nodes/{node}/qemu/{vmid}/rrddata",
    relayed: true,
    parameters: {
      timeframe: { required: true, values: ["hour", "day", "week", "month", "year"] },
      cf: { values: ["AVERAGE", "MAX"] },
    },
    handle: points,
  },
];

function points({ world, node, params }: ApiCall) {
  const guest = vmOn(node, params["vmid"] ?? "");
  const step = STEPS[params["timeframe"] ?? "hour"] ?? 60;
  // Every node keeps the curves of every guest, so a migration leaves no gap.
  const born = Number(/ctime=(\d+)/.exec(guest.config.get("meta") ?? "")?.[1] ?? 0);
  const last = Math.floor(world.clock.seconds() / step) * step;
  return Array.from({ length: POINTS }, (_, index) => {
    const time = last - (POINTS - 1 - index) * step;
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
