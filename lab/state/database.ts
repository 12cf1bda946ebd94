import { generateKeyPair, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { createAuthority } from "../tls/authority.ts";
import { noCeph } from "./ceph/ceph-cluster.ts";
import { imagesIn } from "./ceph/images-in.ts";
import type { ClusterDatabase, StorageDefinition } from "./cluster-database.ts";
import { createSdn } from "./sdn.ts";

/** The /etc/pve of a freshly installed node: its own authority, its own keys, the installer's two storages. */
export async function createDatabase(now: number): Promise<ClusterDatabase> {
  const [authority, { privateKey }] = await Promise.all([
    createAuthority(now - 86_400_000),
    promisify(generateKeyPair)("rsa", { modulusLength: 2048 }),
  ]);
  const storages = [...INSTALLED_STORAGES];
  const sharedVolumes: ClusterDatabase["sharedVolumes"] = new Map();
  return {
    corosync: undefined,
    authority,
    ticketKey: privateKey,
    csrfKey: randomBytes(32),
    storages,
    sharedVolumes,
    options: new Map(),
    sdn: createSdn(),
    files: new Map(),
    ceph: noCeph((pool) => imagesIn(storages, sharedVolumes, pool)),
    membersVersion: 0,
  };
}

const INSTALLED_STORAGES: readonly StorageDefinition[] = [
  {
    id: "local",
    type: "dir",
    content: ["iso", "vztmpl", "backup"],
    properties: { path: "/var/lib/vz" },
    shared: false,
    nodes: [],
  },
  {
    id: "local-lvm",
    type: "lvmthin",
    content: ["rootdir", "images"],
    properties: { thinpool: "data", vgname: "pve" },
    shared: false,
    nodes: [],
  },
];
