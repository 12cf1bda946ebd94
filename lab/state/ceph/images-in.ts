import type { StorageDefinition } from "../cluster-database.ts";
import type { Volume } from "../volume.ts";
import type { RbdImage } from "./ceph-cluster.ts";

/** The images of a pool: the volumes of every RBD storage that stands on it. */
export function imagesIn(
  storages: readonly StorageDefinition[],
  volumes: ReadonlyMap<string, Volume>,
  pool: string,
): readonly RbdImage[] {
  const prefixes = storages
    .filter(({ type, properties }) => type === "rbd" && (properties["pool"] ?? "rbd") === pool)
    .map(({ id }) => `${id}:`);
  return [...volumes.values()].flatMap(({ volid, size, used, ctime }) => {
    const prefix = prefixes.find((each) => volid.startsWith(each));
    return prefix === undefined ? [] : [{ name: volid.slice(prefix.length), size, written: used, created: ctime }];
  });
}
