import type { StorageDefinition } from "./cluster-database.ts";
import type { NodeState } from "./node.ts";
import { PveError, parameterError } from "./pve-error.ts";
import { assertQuorum } from "./quorum.ts";
import { storageOf } from "./volumes.ts";

/** The storage types that the lab knows. */
export const STORAGE_TYPES = ["dir", "lvm", "lvmthin", "rbd", "zfspool"] as const;
type StorageType = (typeof STORAGE_TYPES)[number];

/** Options of a storage by name, as the caller gave them. */
export type StorageOptions = ReadonlyMap<string, string>;

const ID = /^[a-z][a-z0-9\-_.]*[a-z0-9]$/i;

/** What each type needs, and what it holds when nobody says. */
const TYPES: Readonly<Record<StorageType, { readonly needs: readonly string[]; readonly content: readonly string[] }>> =
  {
    dir: { needs: ["path"], content: ["images", "rootdir", "vztmpl", "iso", "backup", "snippets"] },
    lvm: { needs: ["vgname"], content: ["images", "rootdir"] },
    lvmthin: { needs: ["thinpool", "vgname"], content: ["images", "rootdir"] },
    rbd: { needs: [], content: ["images", "rootdir"] },
    zfspool: { needs: ["pool"], content: ["images", "rootdir"] },
  };

/** Adds a storage to the cluster's storage.cfg; throws what refuses it. */
export function addStorage(node: NodeState, id: string, type: string, options: StorageOptions): StorageDefinition {
  assertQuorum(node);
  if (!isType(type)) throw parameterError({ type: `value '${type}' does not have a value in the enumeration` });
  if (!ID.test(id))
    throw parameterError({ storage: `invalid format - storage ID '${id}' contains illegal characters\n` });
  if (node.database.storages.some((known) => known.id === id)) {
    throw new PveError(`create storage failed: storage ID '${id}' already defined`);
  }
  const missing = TYPES[type].needs.find((key) => !options.has(key));
  if (missing !== undefined) {
    throw new PveError(`create storage failed: missing value for required option '${missing}'`);
  }
  const storage = define(id, type, options);
  node.database.storages.push(storage);
  return storage;
}

/** Changes a storage: new values, keys to delete. Gives its new definition. */
export function changeStorage(
  node: NodeState,
  id: string,
  options: StorageOptions,
  deletes: readonly string[],
): StorageDefinition {
  assertQuorum(node);
  const before = storageOf(node, id);
  const all = new Map<string, string>([
    ...Object.entries(before.properties),
    ["content", before.content.join(",")],
    ...(before.nodes.length > 0 ? [["nodes", before.nodes.join(",")] as const] : []),
    ...(before.shared ? [["shared", "1"] as const] : []),
    ...options,
  ]);
  for (const key of deletes) all.delete(key);
  const changed = define(id, before.type, all);
  node.database.storages.splice(node.database.storages.indexOf(before), 1, changed);
  return changed;
}

/** Takes a storage out of storage.cfg; what it holds stays where it is. */
export function removeStorage(node: NodeState, id: string): void {
  assertQuorum(node);
  const storage = node.database.storages.find((known) => known.id === id);
  if (!storage) throw new PveError(`delete storage failed: storage '${id}' does not exist`);
  node.database.storages.splice(node.database.storages.indexOf(storage), 1);
}

function define(id: string, type: StorageType, options: StorageOptions): StorageDefinition {
  const { content, nodes, shared, ...properties } = Object.fromEntries(options);
  const list = (text: string | undefined) => (text ?? "").split(/[ ,;]+/).filter(Boolean);
  return {
    ...{ id, type, properties: type === "rbd" ? { ...properties, pool: properties["pool"] ?? "rbd" } : properties },
    content: content === undefined ? [...TYPES[type].content] : list(content),
    nodes: list(nodes),
    // RADOS block devices are shared by nature.
    shared: type === "rbd" || /^(?:1|on|yes|true)$/i.test(shared ?? ""),
  };
}

function isType(type: string): type is StorageType {
  return type in TYPES;
}
