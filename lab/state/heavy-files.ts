import type { HeavyFile } from "./disc-image.ts";
import type { NodeState } from "./node.ts";
import type { Volume } from "./volume.ts";
import { dropVolume, keepVolume, volumePath, volumesIn } from "./volumes.ts";

/** The large file at a path: in a directory of a storage, or anywhere else. */
export function heavyFile(node: NodeState, path: string): HeavyFile | undefined {
  return node.heavyFiles.get(path) ?? volumeAt(node, path);
}

/** Puts a large file there; below a storage's directory of images it is at once a volume of that storage. */
export function putHeavyFile(node: NodeState, path: string, file: HeavyFile, now: number): void {
  // An empty file stands for it on the node's disk.
  node.files.set(path, "");
  const place = isoPlace(node, path);
  if (place === undefined) {
    node.heavyFiles.set(path, file);
    return;
  }
  const { size, image } = file;
  const known = { content: "iso", format: "iso", vmid: undefined } as const;
  keepVolume(node, place.storage, { ...known, volid: place.volid, size, used: size, ctime: now, image });
}

/** Takes a large file away, and everything below a folder of that name. */
export function removeHeavyFiles(node: NodeState, path: string): void {
  const below = (known: string) => known === path || known.startsWith(`${path}/`);
  for (const known of [...node.heavyFiles.keys()].filter(below)) node.heavyFiles.delete(known);
  for (const { volid, at } of isoVolumes(node)) if (below(at)) dropVolume(node, volid);
  for (const known of [...node.files.keys()].filter(below)) {
    if (node.files.get(known) === "") node.files.delete(known);
  }
}

/** Bytes of the large files outside the storages. */
export function heavyBytes(node: NodeState): number {
  return [...node.heavyFiles.values()].reduce((sum, { size }) => sum + size, 0);
}

function volumeAt(node: NodeState, path: string): Volume | undefined {
  return isoVolumes(node).find(({ at }) => at === path)?.volume;
}

function isoVolumes(node: NodeState) {
  return directories(node).flatMap((storage) =>
    volumesIn(node, storage)
      .filter(({ content }) => content === "iso")
      .map((volume) => ({ volid: volume.volid, volume, at: volumePath(storage, volume.volid) })),
  );
}

/** Proxmox lists files of these names alone as images of discs. */
const DISC = /\.(?:iso|img)$/i;

function isoPlace(node: NodeState, path: string) {
  if (!DISC.test(path)) return undefined;
  for (const storage of directories(node)) {
    const folder = `${storage.properties["path"] ?? ""}/template/iso/`;
    if (path.startsWith(folder) && !path.slice(folder.length).includes("/")) {
      return { storage, volid: `${storage.id}:iso/${path.slice(folder.length)}` };
    }
  }
  return undefined;
}

function directories(node: NodeState) {
  return node.database.storages.filter(({ type, shared }) => type === "dir" && !shared);
}
