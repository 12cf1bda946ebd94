import { createHash } from "node:crypto";
import { renderStorageCfg } from "../../state/pmxcfs-files.ts";
import type { ApiCall, Route } from "../route.ts";

/** `/storage` (storage.cfg) and `/pools`, of which the lab has none. */
export const storageRoutes: readonly Route[] = [
  { method: "GET", path: "/storage", parameters: { type: {} }, handle: list },
  { method: "GET", path: "/pools", parameters: { poolid: {}, type: {} }, handle: () => [] },
];

function list({ node, params }: ApiCall) {
  const digest = createHash("sha1").update(renderStorageCfg(node.database)).digest("hex");
  return node.database.storages
    .filter((storage) => params["type"] === undefined || storage.type === params["type"])
    .map((storage) => ({
      storage: storage.id,
      type: storage.type,
      content: storage.content.join(","),
      digest,
      ...storage.properties,
      ...(storage.shared ? { shared: 1 } : {}),
    }));
}
