import { CEPH_DAEMONS } from "../../state/ceph/apt-log.ts";
import { releaseOf } from "../../state/ceph/release.ts";
import type { NodeState } from "../../state/node.ts";
import type { World } from "../../state/world.ts";

/** A package as `pveversion -v` names it, with its version; undefined for one that the node's software line lists but that is not there. */
export type PackageRow = readonly [name: string, version: string | undefined];

/** What `pveversion -v` lists below its first two lines, in its order: the packages of a fresh installation. */
export function packagesOf(world: World, node: NodeState): readonly PackageRow[] {
  const kernel: PackageRow[] = [
    [`proxmox-kernel-${node.versions.kernel}-signed`, node.versions.kernel.replace("-pve", "")],
  ];
  const foreign = world.faults.foreignIfupdown.get(node.name);
  const rows = (world.dialect === "9" ? NINE : EIGHT).map(
    (row): PackageRow => (foreign !== undefined && row[0] === "ifupdown2" ? [row[0], foreign] : row),
  );
  const release = node.ceph.release === undefined ? undefined : releaseOf(node.ceph.release).package;
  if (release === undefined) return [...kernel, ...rows];
  return [
    ...kernel,
    ["ceph", release],
    ...rows.map((row): PackageRow => (row[0] === "ceph-fuse" ? [row[0], release] : row)),
  ];
}

/** Ceph's packages beside those that `pveversion -v` names, by `dpkg`: none before `pveceph install`. */
export function cephPackagesOf(node: NodeState): readonly (readonly [name: string, version: string])[] {
  if (node.ceph.release === undefined) return [];
  const { package: version } = releaseOf(node.ceph.release);
  return [...CEPH_DAEMONS, "ceph-common", "ceph-mds", "ceph-volume"].map((name) => [name, version]);
}

/** "proxmox-ve" itself: release and a zero. */
export function metaPackage(node: NodeState): string {
  return `${node.versions.release}.0`;
}

const EIGHT: readonly PackageRow[] = [
  ["ceph-fuse", "17.2.8-pve2"],
  ["corosync", "3.1.7-1+deb12u2"],
  ["criu", "3.17.1-2+deb12u1"],
  ["glusterfs-client", "10.3-5"],
  ["ifupdown2", "3.2.0-1+pmx11"],
  ["libknet1", "1.25-1"],
  ["libproxmox-acme-perl", "1.0.8"],
  ["libpve-access-control", "8.2.3"],
  ["libpve-apiclient-perl", "3.3.2"],
  ["libpve-cluster-api-perl", "8.1.3"],
  ["libpve-cluster-perl", "8.1.3"],
  ["libpve-common-perl", "8.3.8"],
  ["libpve-guest-common-perl", "5.2.2"],
  ["libpve-http-server-perl", "5.2.2"],
  ["libpve-network-perl", "0.11.3"],
  ["libpve-storage-perl", "8.3.8"],
  ["libspice-server1", "0.15.1-1"],
  ["lvm2", "2.03.16-2"],
  ["lxcfs", "5.0.3-1+deb12u1"],
  ["proxmox-widget-toolkit", "4.3.17"],
  ["pve-cluster", "8.1.3"],
  ["pve-container", "5.3.5"],
  ["pve-firewall", "5.1.2"],
  ["pve-ha-manager", "4.0.7"],
  ["qemu-server", "8.4.10"],
  ["smartmontools", "7.3-1+b1"],
  ["swtpm", "0.7.1-1.3"],
];

const NINE: readonly PackageRow[] = [
  ["ceph-fuse", undefined],
  ["corosync", "3.1.9-2+deb13u1"],
  ["dnsmasq", undefined],
  ["frr-pythontools", "10.3-3+deb13u1"],
  ["ifupdown2", "3.3.0-1+pmx12"],
  ["libproxmox-acme-perl", "1.0.8"],
  ["libpve-access-control", "9.1.1"],
  ["libpve-apiclient-perl", "3.4.2"],
  ["libpve-cluster-api-perl", "9.1.6"],
  ["libpve-cluster-perl", "9.1.6"],
  ["libpve-common-perl", "9.2.1"],
  ["libpve-guest-common-perl", "6.0.2"],
  ["libpve-http-server-perl", "6.0.5"],
  ["libpve-network-perl", "1.3.0"],
  ["libpve-notify-perl", "9.1.6"],
  ["libpve-storage-perl", "9.1.7"],
  ["libspice-server1", "0.15.2-1+b1"],
  ["lvm2", "2.03.31-2"],
  ["lxcfs", "6.0.4-1+deb13u1"],
  ["pve-cluster", "9.1.6"],
  ["pve-container", "6.1.10"],
  ["pve-firewall", "6.0.4"],
  ["pve-ha-manager", "5.2.0"],
  ["qemu-server", "9.2.6"],
  ["smartmontools", "7.4-3"],
  ["swtpm", "0.7.1-1.5"],
];
