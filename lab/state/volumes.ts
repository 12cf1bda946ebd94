import type { StorageDefinition } from "./cluster-database.ts";
import type { NodeState } from "./node.ts";
import { PveError } from "./pve-error.ts";
import type { Volume } from "./volume.ts";

/** The storage of that name; throws what Proxmox says about a name it does not know. */
export function storageOf(node: NodeState, id: string): StorageDefinition {
  const storage = node.database.storages.find((known) => known.id === id);
  if (!storage) throw new PveError(`storage '${id}' does not exist`);
  return storage;
}

/** The same, on this node: throws also where the storage is limited to other nodes. */
export function storageOn(node: NodeState, id: string): StorageDefinition {
  const storage = storageOf(node, id);
  if (!isOn(node, storage)) throw new PveError(`storage '${id}' is not available on node '${node.name}'`);
  if (storage.properties["disable"] === "1") throw new PveError(`storage '${id}' is disabled`);
  return storage;
}

/** Whether the node has the storage. */
export function isOn(node: NodeState, storage: StorageDefinition): boolean {
  return storage.nodes.length === 0 || storage.nodes.includes(node.name);
}

/** What a storage holds, seen from a node: a shared storage holds the same everywhere. */
export function volumesIn(node: NodeState, storage: StorageDefinition): Volume[] {
  return [...shelf(node, storage).values()].filter((volume) => volume.volid.startsWith(`${storage.id}:`));
}

/** The volume of that id, undefined when there is none. */
export function findVolume(node: NodeState, volid: string): Volume | undefined {
  const storage = node.database.storages.find((known) => volid.startsWith(`${known.id}:`));
  return storage && shelf(node, storage).get(volid);
}

/** Puts a volume on its storage. */
export function keepVolume(node: NodeState, storage: StorageDefinition, volume: Volume): void {
  shelf(node, storage).set(volume.volid, volume);
}

/** Takes a volume off its storage; false when it was not there. */
export function dropVolume(node: NodeState, volid: string): boolean {
  const storage = node.database.storages.find((known) => volid.startsWith(`${known.id}:`));
  return storage ? shelf(node, storage).delete(volid) : false;
}

/** The path a volume has on a node, as `pvesm path` prints it. */
export function volumePath(storage: StorageDefinition, volid: string): string {
  const name = volid.slice(storage.id.length + 1);
  const { path = "", vgname = "", pool = "" } = storage.properties;
  switch (storage.type) {
    case "dir":
      return `${path}/${directoryOf(name)}`;
    case "lvm":
    case "lvmthin":
      return `/dev/${vgname}/${name}`;
    case "zfspool":
      return `/dev/zvol/${pool}/${name}`;
    case "rbd":
      return `rbd:${pool === "" ? storage.id : pool}/${name}:conf=/etc/pve/ceph.conf:id=admin:keyring=/etc/pve/priv/ceph/${storage.id}.keyring`;
  }
}

function directoryOf(name: string): string {
  const [kind = "", ...rest] = name.split("/");
  const folder = {
    iso: "template/iso",
    vztmpl: "template/cache",
    backup: "dump",
    snippets: "snippets",
    import: "import",
  }[kind];
  return folder === undefined ? `images/${name}` : `${folder}/${rest.join("/")}`;
}

function shelf(node: NodeState, storage: StorageDefinition): Map<string, Volume> {
  return storage.shared ? node.database.sharedVolumes : node.volumes;
}
