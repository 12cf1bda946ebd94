import type { NodeState } from "../../state/node.ts";
import type { World } from "../../state/world.ts";
import type { Route } from "../route.ts";

/** `/nodes/NODE/services`: the services an installation has; corosync runs in a cluster only. */
export const nodeServicesRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/nodes/{node}/services",
    relayed: true,
    handle: ({ world, node }) => services(world, node),
  },
];

const RUNNING: readonly (readonly [name: string, description: string])[] = [
  ["chrony", "chrony, an NTP client/server"],
  ["corosync", "Corosync Cluster Engine"],
  ["cron", "Regular background program processing daemon"],
  ["ksmtuned", "Kernel Samepage Merging (KSM) Tuning Daemon"],
  ["lxcfs", "FUSE filesystem for LXC"],
  ["postfix", "Postfix Mail Transport Agent"],
  ["proxmox-firewall", "Proxmox nftables firewall"],
  ["pve-cluster", "The Proxmox VE cluster filesystem"],
  ["pve-firewall", "Proxmox VE firewall"],
  ["pve-ha-crm", "PVE Cluster HA Resource Manager Daemon"],
  ["pve-ha-lrm", "PVE Local HA Resource Manager Daemon"],
  ["pve-lxc-syscalld", "Proxmox VE LXC Syscall Daemon"],
  ["pvedaemon", "PVE API Daemon"],
  ["pvefw-logger", "Proxmox VE firewall logger"],
  ["pveproxy", "PVE API Proxy Server"],
  ["pvescheduler", "Proxmox VE scheduler"],
  ["pvestatd", "PVE Status Daemon"],
  ["qmeventd", "PVE Qemu Event Daemon"],
  ["spiceproxy", "PVE SPICE Proxy Server"],
  ["sshd", "OpenBSD Secure Shell server"],
  ["systemd-journald", "Journal Service"],
];

const NOT_IN_8 = new Set(["lxcfs", "proxmox-firewall", "pve-lxc-syscalld", "qmeventd"]);
const ABSENT = ["syslog", "systemd-timesyncd"];

function services(world: World, node: NodeState) {
  const installed = RUNNING.filter(([name]) => world.dialect === "9" || !NOT_IN_8.has(name));
  return [
    ...installed.map(([name, desc]) => {
      const running = name !== "corosync" || node.corosync.running;
      const state = running ? "running" : "dead";
      const active = running ? "active" : "inactive";
      const unit = name === "systemd-journald" ? "static" : "enabled";
      return { service: name, name, desc, state, "active-state": active, "unit-state": unit };
    }),
    ...ABSENT.map((name) => ({
      ...{ service: name, name, desc: `${name}.service`, state: "dead" },
      ...{ "active-state": "inactive", "unit-state": "not-found" },
    })),
  ];
}
