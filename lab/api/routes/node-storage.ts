import { storagesOf, storageUsage } from "../../state/usage.ts";
import type { ApiCall, Route } from "../route.ts";

/** `/nodes/NODE/storage`: the node's storages with their room. */
export const nodeStorageRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/nodes/{node}/storage",
    relayed: true,
    parameters: {
      storage: {},
      content: {},
      enabled: { type: "boolean" },
      target: {},
      format: { type: "boolean" },
    },
    handle: list,
  },
];

function list({ world, node, params }: ApiCall) {
  const { storage: name, content } = params;
  return storagesOf(node)
    .filter((storage) => name === undefined || storage.id === name)
    .filter((storage) => content === undefined || content.split(",").some((kind) => storage.content.includes(kind)))
    .map((storage) => {
      const { total, used, available } = storageUsage(world, node, storage);
      return {
        storage: storage.id,
        type: storage.type,
        content: storage.content.join(","),
        shared: storage.shared ? 1 : 0,
        enabled: 1,
        active: 1,
        total,
        used,
        avail: available,
        used_fraction: total === 0 ? 0 : used / total,
      };
    });
}
