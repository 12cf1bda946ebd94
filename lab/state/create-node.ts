import { issueCertificate } from "../tls/certificate.ts";
import { aptFiles } from "./apt/apt-files.ts";
import type { LabClock } from "./clock.ts";
import { createDatabase } from "./database.ts";
import { createHardware } from "./default-hardware.ts";
import { type Dialect, versionsOf } from "./dialect.ts";
import type { Hardware, NetworkInterface } from "./hardware.ts";
import { createHostKey } from "./host-key.ts";
import { installedGroup, installLayout } from "./lvm/install-layout.ts";
import type { NodeState } from "./node.ts";
import { createNodeSdn } from "./sdn.ts";

/** What a scenario says about one node; the rest is as a fresh installation leaves it. */
export interface NodeSpec {
  readonly name: string;
  /** Address on vmbr0 without prefix. */
  readonly address: string;
  readonly prefix: number;
  readonly gateway: string;
  readonly domain: string;
  readonly rootPassword: string;
  /** Seconds since boot. */
  readonly uptime: number;
  /** Bytes; 480 GB by default. */
  readonly systemDisk?: number | undefined;
}

/** Makes a freshly installed node, with its own authority, certificate, host key and sessions key. */
export async function createNode(spec: NodeSpec, dialect: Dialect, clock: LabClock): Promise<NodeState> {
  const database = await createDatabase(clock.outside());
  const { name, address, domain, rootPassword } = spec;
  const from = clock.outside() - 86_400_000;
  const hardware = createHardware(name, spec.systemDisk);
  return {
    name,
    address,
    power: "on",
    proxy: "up",
    bootTime: clock.now() - spec.uptime * 1000,
    hardware,
    lvm: {
      groups: [installedGroup("/dev/sda3", installLayout(systemDiskOf(hardware), hardware.memory))],
      loose: new Set(),
    },
    interfaces: createInterfaces(spec),
    sdn: createNodeSdn(),
    dns: { search: domain, dns1: spec.gateway },
    installed: true,
    versions: versionsOf(dialect),
    rootPassword,
    certificate: await issueCertificate(database.authority, { node: name, domain, address, from }),
    sshHostKey: createHostKey(`root@${name}`),
    guests: new Map(),
    ceph: { release: undefined, repository: undefined, linked: false },
    volumes: new Map(),
    database,
    corosync: { running: false, members: [], ringSequence: 0, expectedVotes: 0, settling: false },
    tasks: [],
    clusterLog: [],
    pvecmLocked: false,
    certificateAbsent: false,
    formerTicketKey: undefined,
    files: new Map(aptFiles(versionsOf(dialect).debian, "no-subscription")),
    heavyFiles: new Map(),
    packages: new Map(),
    nextPid: 1200,
  };
}

function systemDiskOf({ disks }: Hardware): number {
  return disks[0]?.size ?? 0;
}

function createInterfaces(spec: NodeSpec): NetworkInterface[] {
  const mac = macOf(spec.address);
  const plain = { address: undefined, prefix: undefined, gateway: undefined, ports: [], autostart: false, mac };
  const { address, prefix, gateway } = spec;
  return [
    { ...plain, name: "ens18", type: "eth", priority: 3 },
    {
      ...plain,
      name: "vmbr0",
      type: "bridge",
      address,
      prefix,
      gateway,
      ports: ["ens18"],
      autostart: true,
      priority: 4,
    },
  ];
}

/** A stable address of Proxmox's own prefix, from the four numbers of the IP address. */
function macOf(address: string): string {
  const bytes = address
    .split(".")
    .slice(1)
    .map((part) => Number(part).toString(16).padStart(2, "0"));
  return ["bc", "24", "11", ...bytes].join(":");
}
