import { createHash } from "node:crypto";
import type { NodeState } from "../../state/node.ts";
import type { World } from "../../state/world.ts";

/** A systemd unit of a node, as it is now. */
export interface Unit {
  /** "corosync.service" */
  readonly name: string;
  readonly description: string;
  /** "exited": it did its work at boot and counts as active. */
  readonly sub: "running" | "exited" | "dead" | "active" | "failed";
  /** Lab milliseconds since when it is in that state. */
  readonly since: number;
  /** Main process; undefined when none runs. */
  readonly pid: number | undefined;
  readonly command: string;
}

/** The units that a Proxmox node is asked about; undefined for one it does not have. */
export function unitOf(world: World, node: NodeState, name: string): Unit | undefined {
  const full = /\.(?:service|target|timer|socket)$/.test(name) ? name : `${name}.service`;
  return unitsOf(world, node).find((unit) => unit.name === full);
}

/** Every unit of a node, sorted by name, services first. */
export function unitsOf(_world: World, node: NodeState): readonly Unit[] {
  const started = node.bootTime + 9000;
  const fixed: readonly Unit[] = UNITS.map(([name, description, kind, command]) => {
    const alive = isAlive(node, name);
    const sub = alive ? kind : "dead";
    const pid = alive && kind === "running" ? pidOf(node, name) : undefined;
    const since = name === "corosync.service" ? corosyncSince(node) : started;
    return { name, description, sub, since, pid, command: command ?? `/usr/bin/${name.replace(".service", "")}` };
  });
  return [...fixed, ...cephUnits(node)];
}

/** One unit for each of Ceph's daemons on the node. */
function cephUnits(node: NodeState): readonly Unit[] {
  const { mons, mgrs, osds } = node.database.ceph;
  const unit = (kind: string, id: string, what: string, createdAt: number, running: boolean): Unit => {
    const name = `ceph-${kind}@${id}.service`;
    const pid = running ? pidOf(node, name) : undefined;
    const since = Math.max(createdAt, node.bootTime + 9000);
    const command = `/usr/bin/ceph-${kind} -f --cluster ceph --id ${id} --setuser ceph --setgroup ceph`;
    return { name, description: `Ceph ${what}`, sub: running ? "running" : "dead", since, pid, command };
  };
  return [
    ...mons
      .filter((mon) => mon.name === node.name)
      .map((mon) => unit("mon", mon.name, "cluster monitor daemon", mon.createdAt, mon.running)),
    ...mgrs
      .filter((mgr) => mgr.name === node.name)
      .map((mgr) => unit("mgr", mgr.name, "cluster manager daemon", mgr.createdAt, mgr.running)),
    ...osds
      .filter((osd) => osd.node === node.name)
      .map((osd) => unit("osd", String(osd.id), `object storage daemon osd.${osd.id}`, osd.createdAt, osd.running)),
  ];
}

type Row = readonly [name: string, description: string, kind: "running" | "exited" | "active", command?: string];

const UNITS: readonly Row[] = [
  ["chrony.service", "chrony, an NTP client/server", "running", "/usr/sbin/chronyd -F 1"],
  ["corosync.service", "Corosync Cluster Engine", "running", "/usr/sbin/corosync -f"],
  ["cron.service", "Regular background program processing daemon", "running", "/usr/sbin/cron -f"],
  ["pve-cluster.service", "The Proxmox VE cluster filesystem", "running", "/usr/bin/pmxcfs"],
  ["pve-firewall-commit.service", "Commit Proxmox VE Firewall changes", "exited"],
  ["pve-firewall.service", "Proxmox VE firewall", "running", "pve-firewall"],
  ["pve-guests.service", "PVE guests", "exited"],
  ["pve-ha-crm.service", "PVE Cluster HA Resource Manager Daemon", "running", "pve-ha-crm"],
  ["pve-ha-lrm.service", "PVE Local HA Resource Manager Daemon", "running", "pve-ha-lrm"],
  ["pve-query-machine-capabilities.service", "PVE Query Machine Capabilities", "exited"],
  ["pve-sdn-commit.service", "Commit Proxmox VE SDN changes", "exited"],
  ["pvebanner.service", "Proxmox VE Login Banner", "exited"],
  ["pvedaemon.service", "PVE API Daemon", "running", "pvedaemon"],
  ["pveproxy.service", "PVE API Proxy Server", "running", "pveproxy"],
  ["pvescheduler.service", "Proxmox VE scheduler", "running", "pvescheduler"],
  ["pvestatd.service", "PVE Status Daemon", "running", "pvestatd"],
  ["qmeventd.service", "PVE Qemu Event Daemon", "running", "/usr/sbin/qmeventd /var/run/qmeventd.sock"],
  ["spiceproxy.service", "PVE SPICE Proxy Server", "running", "spiceproxy"],
  ["ssh.service", "OpenBSD Secure Shell server", "running", "sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups"],
  ["watchdog-mux.service", "Proxmox VE watchdog multiplexer", "running", "/usr/sbin/watchdog-mux"],
  ["pve-storage.target", "PVE Storage Target", "active"],
];

function isAlive(node: NodeState, name: string): boolean {
  if (name === "corosync.service") return node.corosync.running;
  return name !== "pveproxy.service" || node.proxy === "up";
}

/** Corosync starts with the cluster: the task that made or joined it ended then, unless the node was booted since. */
function corosyncSince(node: NodeState): number {
  const task = node.tasks.find((each) => /^cluster(?:create|join)$/.test(each.type) && each.exitstatus === "OK");
  const booted = node.bootTime + 9000;
  return task?.endtime === undefined
    ? booted
    : Math.max(booted, task.endtime * 1000 - (task.type === "clusterjoin" ? 9000 : 1000));
}

function pidOf(node: NodeState, name: string): number {
  return (
    600 +
    (createHash("md5")
      .update(`${node.name} ${name} ${Math.floor(node.bootTime)}`)
      .digest()
      .readUInt16BE() %
      500)
  );
}
