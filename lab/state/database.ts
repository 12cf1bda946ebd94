import { generateKeyPair, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { createAuthority } from "../tls/authority.ts";
import type { ClusterDatabase, StorageDefinition } from "./cluster-database.ts";
import { createSdn } from "./sdn.ts";

/** The /etc/pve of a freshly installed node: its own authority, its own keys, the installer's two storages. */
export async function createDatabase(now: number): Promise<ClusterDatabase> {
  const [authority, { privateKey }] = await Promise.all([
    createAuthority(now - 86_400_000),
    promisify(generateKeyPair)("rsa", { modulusLength: 2048 }),
  ]);
  return {
    corosync: undefined,
    authority,
    ticketKey: privateKey,
    csrfKey: randomBytes(32),
    storages: [...INSTALLED_STORAGES],
    sharedVolumes: new Map(),
    options: new Map(),
    sdn: createSdn(),
    files: new Map(),
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
