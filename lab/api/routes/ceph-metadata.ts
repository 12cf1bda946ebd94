import { releaseOf, versionText } from "../../state/ceph/release.ts";
import type { NodeState } from "../../state/node.ts";
import type { World } from "../../state/world.ts";
import { knownNodes } from "./node-rows.ts";

/** Versions of Ceph by node, for those that have it: what nodes broadcast once the cluster has a configuration. */
export function nodeVersions(world: World, node: NodeState) {
  if (!node.database.ceph.config) return {};
  const installed = knownNodes(world, node).filter((other) => other.ceph.release !== undefined);
  return Object.fromEntries(
    installed.map((other) => {
      const { version, commit } = releaseOf(other.ceph.release ?? "squid");
      return [other.name, { buildcommit: commit, version: { str: version, parts: version.split(".") } }];
    }),
  );
}

/** `/cluster/ceph/metadata`: every daemon with what it says of itself and of its machine. */
export function cephMetadata(world: World, node: NodeState) {
  const { ceph } = node.database;
  const host = (name: string) => world.nodes.get(name) ?? node;
  const mon = ceph.mons.map(({ name, address, createdAt }) => [
    `${name}@${name}`,
    {
      ...machine(host(name)),
      name,
      addrs: `[v2:${address}:3300/0,v1:${address}:6789/0]`,
      created_at: new Date(createdAt).toISOString().replace(/Z$/, "000Z"),
      ceph_version_when_created: longVersion(host(name)),
      ...{ compression_algorithms: "none, snappy, zlib, zstd, lz4", device_ids: "", device_paths: "", devices: "" },
      ...{ service: true, direxists: true },
    },
  ]);
  const mgr = ceph.mgrs.map(({ name, address }) => [
    `${name}@${name}`,
    { ...machine(host(name)), name, addr: address, addrs: `${address}:0/2688988585`, service: true, direxists: true },
  ]);
  return {
    node: nodeVersions(world, node),
    mon: Object.fromEntries(mon),
    mgr: Object.fromEntries(mgr),
    mds: {},
    osd: ceph.osds.map((osd) => ({ ...machine(host(osd.node)), ...osdMetadata(osd, longVersion(host(osd.node))) })),
  };
}

/** "ceph version 19.2.3 (…) squid (stable)" of a node. */
export function longVersion(node: NodeState): string {
  return versionText(releaseOf(node.ceph.release ?? "squid"));
}

/** "19.2.3" of a node. */
export function shortVersion(node: NodeState): string {
  return releaseOf(node.ceph.release ?? "squid").version;
}

function machine(node: NodeState) {
  const debian = node.versions.debian;
  const number = debian === "trixie" ? "13" : "12";
  return {
    hostname: node.name,
    arch: "x86_64",
    os: "Linux",
    cpu: node.hardware.cpu.model,
    distro: "debian",
    distro_version: number,
    distro_description: `Debian GNU/Linux ${number} (${debian})`,
    kernel_version: node.versions.kernel,
    kernel_description: node.versions.kernelBuild,
    mem_total_kb: String(Math.floor(node.hardware.memory / 1024)),
    mem_swap_kb: String(Math.floor(node.hardware.swap / 1024)),
    ceph_release: node.ceph.release ?? "",
    ceph_version: longVersion(node),
    ceph_version_short: shortVersion(node),
  };
}

type Osd = NodeState["database"]["ceph"]["osds"][number];

function osdMetadata(osd: Osd, created: string) {
  const { id, address, size, deviceClass, device } = osd;
  const rotational = deviceClass === "hdd" ? "1" : "0";
  const nonce = 1_698_688_033 + id;
  const addresses = (port: number) => `[v2:${address}:${port}/${nonce},v1:${address}:${port + 1}/${nonce}]`;
  return {
    id,
    ...{ front_addr: addresses(6800), back_addr: addresses(6802), hb_front_addr: addresses(6804) },
    ...{ hb_back_addr: addresses(6806), front_iface: "", back_iface: "" },
    ...{ osd_data: `/var/lib/ceph/osd/ceph-${id}`, osd_objectstore: "bluestore", osdspec_affinity: "" },
    ...{
      rotational,
      journal_rotational: rotational,
      default_device_class: deviceClass,
      network_numa_unknown_ifaces: "back_iface,front_iface",
    },
    ...{ bluefs: "1", bluefs_dedicated_db: "0", bluefs_dedicated_wal: "0", bluefs_single_shared_device: "1" },
    ...{ bluestore_allocation_from_file: "0", bluestore_bdev_access_mode: "blk", bluestore_bdev_block_size: "4096" },
    ...{
      bluestore_bdev_driver: "KernelDevice",
      bluestore_bdev_optimal_io_size: "0",
      bluestore_bdev_size: String(size),
    },
    ...{ bluestore_bdev_path: `/var/lib/ceph/osd/ceph-${id}/block`, bluestore_bdev_rotational: rotational },
    ...{ bluestore_bdev_support_discard: "1", bluestore_bdev_type: deviceClass, bluestore_min_alloc_size: "4096" },
    devices: device.replace("/dev/", ""),
    device_ids: "",
    device_paths: "",
    created_at: new Date(osd.createdAt).toISOString().replace(/Z$/, "000Z"),
    ceph_version_when_created: created,
  };
}
