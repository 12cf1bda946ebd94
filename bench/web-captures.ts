/** One capture of the web interface: on which node's own address, and the block's content. */
export interface WebCapture {
  /** Number of the figure in the report. */
  readonly figure: number;
  readonly node: "pve1" | "pve2" | "pve3";
  readonly spec: object;
}

const members = [
  { rows: { quorum_votes: 1 }, count: 3 },
  { api: "/cluster/config/nodes", path: "$[*]", count: 3 },
];
const online = [{ rows: { type: "node", online: 1 }, count: 3 }];
const healthy = [{ api: "/cluster/ceph/status", path: "$.health.status", equals: "HEALTH_OK" }];

/**
 * The 35 captures of the report that are taken from the web interface, as a finished site can show them all: where the report wants a
 * window that stands before a change (creating the cluster), its neighbour that stands after it is taken.
 */
export const WEB_CAPTURES: readonly WebCapture[] = [
  on("pve1", 8, { view: "login", crop: "window", padding: 24 }),
  on("pve1", 9, { view: "datacenter/summary" }),
  on("pve1", 10, {
    view: "node/pve1/storage",
    expect: [{ row: { devpath: "/dev/sda" } }],
    highlight: [{ row: { devpath: "/dev/sda" }, label: "Disque" }],
  }),
  on("pve1", 11, { view: "storage/pve1/local/summary" }),
  on("pve2", 13, { view: "node/pve2/network", highlight: [{ row: { iface: "vmbr0" }, label: "Pont vmbr0" }] }),
  on("pve2", 14, { view: "node/pve2/summary" }),
  on("pve3", 16, { view: "node/pve3/summary" }),
  on("pve1", 18, { view: "storage/pve1/local/summary" }),
  on("pve1", 19, { view: "datacenter/cluster", dialog: "join-information", crop: "window", padding: 24 }),
  on("pve1", 20, { view: "datacenter/cluster", expect: members, crop: "content" }),
  on("pve1", 22, {
    view: "datacenter/cluster",
    highlight: [{ row: { name: "pve2" }, label: "pve2" }],
    expect: members,
  }),
  on("pve1", 24, {
    view: "datacenter/cluster",
    expect: members,
    highlight: [{ row: { name: "pve3" }, label: "pve3" }],
  }),
  on("pve1", 25, { view: "datacenter/summary", expect: online }),
  on("pve1", 27, { view: "node/pve1/storage", highlight: [{ row: { devpath: "/dev/sdb" }, label: "Disque" }] }),
  on("pve1", 28, { view: "node/pve1/ceph" }),
  on("pve1", 29, { view: "node/pve1/ceph-monlist" }),
  on("pve1", 30, { view: "node/pve1/ceph-osdtree", dialog: "create-osd", crop: "window", padding: 24 }),
  on("pve1", 31, {
    view: "node/pve1/ceph-osdtree",
    viewport: { width: 1800, height: 1200 },
    highlight: [{ row: { name: "osd.0" }, label: "OSD" }],
  }),
  on("pve1", 32, { view: "node/pve1/ceph-pools", dialog: "create-pool", fill: { name: "essai" }, crop: "window" }),
  on("pve1", 33, { view: "storage/pve1/ceph-vm/summary" }),
  on("pve1", 34, { view: "datacenter/ceph", expect: healthy }),
  on("pve1", 35, { view: "datacenter/summary", expect: online }),
  on("pve1", 36, { view: "datacenter/ceph", expect: healthy }),
  on("pve1", 37, { view: "datacenter/ha", highlight: [{ row: { type: "quorum" }, label: "Quorum" }] }),
  on("pve1", 38, { view: "vm/101/summary", dialog: "manage-ha", crop: "window", padding: 24 }),
  on("pve2", 39, { view: "datacenter/summary", expect: online }),
  on("pve2", 40, { view: "vm/100/summary" }),
  on("pve1", 41, { view: "datacenter/summary", expect: online }),
  on("pve1", 42, { view: "vm/100/hardware", highlight: [{ row: { key: "scsi0" }, label: "Disque" }] }),
  on("pve1", 43, { view: "datacenter/search", highlight: [{ row: { id: "qemu/100" }, label: "VM" }] }),
  on("pve1", 44, { view: "vm/100/summary", dialog: "migrate", crop: "window", padding: 24 }),
  on("pve1", 45, { view: "vm/100/summary" }),
  on("pve1", 46, { view: "node/pve1/network", dialog: "edit-interface/vmbr0", crop: "window", padding: 24 }),
  on("pve1", 47, { view: "datacenter/sdn" }),
  on("pve1", 48, { view: "vm/100/hardware", dialog: "vm-network/net0", crop: "window", padding: 24 }),
];

function on(node: WebCapture["node"], figure: number, spec: object): WebCapture {
  return { node, figure, spec };
}
