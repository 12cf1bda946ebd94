import { powerOn, shutDown } from "../../state/power.ts";
import { after } from "../../state/schedule.ts";
import { usageOf } from "../../state/usage.ts";
import type { ApiCall, Route } from "../route.ts";

/** Lab milliseconds until the services are stopped, and until the firmware has handed over. */
const SHUTDOWN_MS = 4000;
const FIRMWARE_MS = 8000;

/** `/nodes/NODE/status`, `time` and `dns`. */
export const nodeStatusRoutes: readonly Route[] = [
  { method: "GET", path: "/nodes/{node}/status", handle: status },
  {
    method: "POST",
    path: "/nodes/{node}/status",
    relayed: true,
    parameters: { command: { required: true, values: ["reboot", "shutdown"] } },
    handle: command,
  },
  { method: "GET", path: "/nodes/{node}/time", handle: time },
  { method: "GET", path: "/nodes/{node}/dns", handle: ({ node }) => node.dns },
];

function status({ world, node }: ApiCall) {
  const { cpu, memory, swap, rootfs } = node.hardware;
  const { version, repoid, kernel, kernelBuild } = node.versions;
  const usage = usageOf(world, node);
  const nine = world.dialect === "9";
  const free = memory - usage.memory;
  return {
    uptime: world.clock.uptime(node.bootTime),
    pveversion: `pve-manager/${version}/${repoid}`,
    kversion: `Linux ${kernel} ${kernelBuild}`,
    "current-kernel": { sysname: "Linux", release: kernel, version: kernelBuild, machine: "x86_64" },
    "boot-info": node.hardware.firmware === "legacy" ? { mode: "legacy-bios" } : { mode: "efi", secureboot: 0 },
    cpu: usage.cpu,
    wait: usage.iowait,
    idle: 0,
    loadavg: usage.load.map((load) => load.toFixed(2)),
    cpuinfo: {
      model: cpu.model,
      sockets: cpu.sockets,
      cores: cpu.cores,
      cpus: cpu.threads,
      mhz: cpu.mhz,
      hvm: "1",
      flags: cpu.flags,
      user_hz: 100,
      ...(nine ? { vendor: cpu.vendor, family: cpu.family } : {}),
    },
    memory: { total: memory, used: usage.memory, free, ...(nine ? { available: free } : {}) },
    swap: { total: swap, used: 0, free: swap },
    rootfs: {
      total: rootfs,
      used: usage.rootfs,
      free: rootfs - usage.rootfs,
      avail: Math.max(0, Math.floor(rootfs * 0.95) - usage.rootfs),
    },
    ksm: { shared: 0 },
  };
}

/** The node goes down cleanly a moment after it has answered; a reboot gives it power again. */
function command({ world, node, params }: ApiCall): null {
  after(world, SHUTDOWN_MS, () => {
    shutDown(world, node);
    if (params["command"] === "reboot") after(world, FIRMWARE_MS, () => powerOn(world, node));
  });
  return null;
}

function time({ world }: ApiCall) {
  const now = world.clock.seconds();
  return { timezone: "Etc/UTC", time: now, localtime: now };
}
