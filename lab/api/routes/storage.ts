import { createHash } from "node:crypto";
import type { StorageDefinition } from "../../state/cluster-database.ts";
import { renderStorageCfg } from "../../state/pmxcfs-files.ts";
import { addStorage, changeStorage, removeStorage, STORAGE_TYPES } from "../../state/storage-config.ts";
import { storageOf } from "../../state/volumes.ts";
import type { ParameterSchema } from "../parameters.ts";
import type { ApiCall, Route } from "../route.ts";

const OPTIONS: ParameterSchema = Object.fromEntries(
  [
    ...[
      "content",
      "nodes",
      "path",
      "pool",
      "vgname",
      "thinpool",
      "monhost",
      "username",
      "fs-name",
      "namespace",
      "format",
    ],
    ...[
      "prune-backups",
      "preallocation",
      "blocksize",
      "data-pool",
      "is_mountpoint",
      "content-dirs",
      "max-protected-backups",
    ],
  ].map((name) => [name, {}]),
);
const FLAGS: ParameterSchema = Object.fromEntries(
  ["shared", "disable", "krbd", "sparse", "mkdir", "create-base-path", "create-subdirs"].map((name) => [
    name,
    { type: "boolean" },
  ]),
);

/** `/storage` (storage.cfg), and `/pools`, of which the lab has none. */
export const storageRoutes: readonly Route[] = [
  { method: "GET", path: "/storage", parameters: { type: {} }, handle: list },
  {
    method: "POST",
    path: "/storage",
    relayed: true,
    parameters: { ...OPTIONS, ...FLAGS, storage: { required: true }, type: { required: true, values: STORAGE_TYPES } },
    handle: add,
  },
  {
    method: "GET",
    path: "/storage/{storage}",
    handle: (call) => read(call, storageOf(call.node, call.params["storage"] ?? "")),
  },
  {
    method: "PUT",
    path: "/storage/{storage}",
    relayed: true,
    parameters: { ...OPTIONS, ...FLAGS, delete: {}, digest: {} },
    handle: change,
  },
  { method: "DELETE", path: "/storage/{storage}", relayed: true, handle: remove },
  { method: "GET", path: "/pools", parameters: { poolid: {}, type: {} }, handle: () => [] },
];

function list(call: ApiCall) {
  return call.node.database.storages
    .filter((storage) => call.params["type"] === undefined || storage.type === call.params["type"])
    .map((storage) => read(call, storage));
}

function read({ node }: ApiCall, storage: StorageDefinition) {
  const { id, type, content, properties, shared, nodes } = storage;
  const values = Object.entries(properties).map(([key, value]) => [
    key,
    /^(?:krbd|sparse|disable)$/.test(key) ? Number(value) : value,
  ]);
  return {
    storage: id,
    type,
    content: content.join(","),
    digest: createHash("sha1").update(renderStorageCfg(node.database)).digest("hex"),
    ...Object.fromEntries(values),
    ...(shared ? { shared: 1 } : {}),
    ...(nodes.length > 0 ? { nodes: nodes.join(",") } : {}),
  };
}

function add({ node, params }: ApiCall) {
  const { storage: id = "", type = "", ...options } = params;
  addStorage(node, id, type, new Map(Object.entries(options)));
  return { storage: id, type };
}

function change({ node, params }: ApiCall) {
  const { storage: id = "", delete: deletes = "", digest: _, ...options } = params;
  const changed = changeStorage(node, id, new Map(Object.entries(options)), deletes.split(/[ ,;]+/).filter(Boolean));
  return { storage: id, type: changed.type };
}

function remove({ node, params }: ApiCall): null {
  removeStorage(node, params["storage"] ?? "");
  return null;
}
