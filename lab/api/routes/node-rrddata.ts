import { usageOf } from "../../state/usage.ts";
import type { ApiCall, Route } from "../route.ts";
import { RRD_PARAMETERS, rrdFrame } from "./rrd-frame.ts";

/** `/nodes/NODE/rrddata`: the curves of the summary; points before the boot have a time alone. */
export const nodeRrddataRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/nodes/{node}/rrddata",
    relayed: true,
    parameters: RRD_PARAMETERS,
    handle: points,
  },
];

function points({ world, node, params }: ApiCall) {
  const { times } = rrdFrame({ world, params });
  return times.map((time) => {
    return time * 1000 < node.bootTime ? { time } : { time, ...figures({ world, node }, time * 1000) };
  });
}

function figures({ world, node }: Pick<ApiCall, "world" | "node">, at: number) {
  const usage = usageOf(world, node, at);
  const { memory, swap, rootfs, cpu } = node.hardware;
  const common = {
    cpu: usage.cpu,
    maxcpu: cpu.threads,
    iowait: usage.iowait,
    loadavg: usage.load[0],
    memused: usage.memory,
    memtotal: memory,
    swapused: 0,
    swaptotal: swap,
    rootused: usage.rootfs,
    roottotal: rootfs,
    netin: 900 + 40_000 * usage.iowait,
    netout: 700 + 30_000 * usage.iowait,
  };
  if (world.dialect === "8.4") return common;
  const pressure = {
    pressurecpusome: usage.cpu,
    pressureiosome: usage.iowait * 10,
    pressureiofull: usage.iowait * 8,
    pressurememorysome: 0,
    pressurememoryfull: 0,
  };
  return { ...common, ...pressure, memavailable: memory - usage.memory, arcsize: 0 };
}
