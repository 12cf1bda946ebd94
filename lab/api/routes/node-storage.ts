import { allocateVolume, allocationDelay } from "../../state/allocate-volume.ts";
import type { StorageDefinition } from "../../state/cluster-database.ts";
import { parseSize } from "../../state/guest-disks.ts";
import { removeHeavyFiles } from "../../state/heavy-files.ts";
import type { NodeState } from "../../state/node.ts";
import { PveError } from "../../state/pve-error.ts";
import { startTask } from "../../state/tasks.ts";
import { storagesOf, storageUsage } from "../../state/usage.ts";
import { dropVolume, findVolume, storageOn, volumePath, volumesIn } from "../../state/volumes.ts";
import type { World } from "../../state/world.ts";
import { isTrue } from "../parameters.ts";
import { type ApiCall, indexRoute, type Route } from "../route.ts";

const PATH = "/nodes/{node}/storage/{storage}";

/** `/nodes/NODE/storage`: the node's storages with their room, and what each holds. */
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
  indexRoute(
    PATH,
    ["content", "download-url", "file-restore", "prunebackups", "rrd", "rrddata", "status", "upload"],
    "subdir",
  ),
  { method: "GET", path: `${PATH}/status`, relayed: true, handle: status },
  {
    method: "GET",
    path: `${PATH}/content`,
    relayed: true,
    parameters: { content: {}, vmid: { type: "integer" } },
    handle: content,
  },
  {
    method: "POST",
    path: `${PATH}/content`,
    relayed: true,
    parameters: {
      filename: { required: true },
      vmid: { required: true, type: "integer", minimum: 100 },
      size: { required: true, pattern: /^\d+[MGT]?$/ },
      format: { values: ["raw", "qcow2"] },
    },
    handle: allocate,
  },
  { method: "GET", path: `${PATH}/content/{volume}`, relayed: true, handle: volumeInfo },
  {
    method: "DELETE",
    path: `${PATH}/content/{volume}`,
    relayed: true,
    parameters: { delay: { type: "integer" } },
    handle: free,
  },
];

function list({ world, node, params }: ApiCall) {
  const { storage: name, content: kinds, target, enabled } = params;
  return storagesOf(node)
    .filter((storage) => name === undefined || storage.id === name)
    .filter((storage) => kinds === undefined || kinds.split(",").some((kind) => storage.content.includes(kind)))
    .filter((storage) => target === undefined || storage.nodes.length === 0 || storage.nodes.includes(target))
    .filter((storage) => !isTrue(enabled) || storage.properties["disable"] !== "1")
    .map((storage) => {
      const room = roomOf(world, node, storage);
      return { storage: storage.id, ...room, used_fraction: room.total === 0 ? 0 : room.used / room.total };
    });
}

function roomOf(world: World, node: NodeState, storage: StorageDefinition) {
  const { total, used, available } = storageUsage(world, node, storage);
  return {
    type: storage.type,
    content: storage.content.join(","),
    shared: storage.shared ? 1 : 0,
    enabled: storage.properties["disable"] === "1" ? 0 : 1,
    active: 1,
    ...{ total, used, avail: available },
  };
}

function status({ world, node, params }: ApiCall) {
  return roomOf(world, node, storageOn(node, params["storage"] ?? ""));
}

function content({ node, params }: ApiCall) {
  const { content: kind, vmid } = params;
  return volumesIn(node, storageOn(node, params["storage"] ?? ""))
    .filter((volume) => kind === undefined || volume.content === kind)
    .filter((volume) => vmid === undefined || volume.vmid === Number(vmid))
    .map((volume) => ({
      ...{
        volid: volume.volid,
        content: volume.content,
        format: volume.format,
        size: volume.size,
        ctime: volume.ctime,
      },
      ...(volume.vmid === undefined ? {} : { vmid: volume.vmid }),
      ...(volume.content === "images" ? { used: Math.round(volume.used) } : {}),
    }));
}

async function allocate({ world, node, params }: ApiCall): Promise<string> {
  const { filename: name, vmid, size = "0", format } = params;
  const storage = storageOn(node, params["storage"] ?? "");
  await world.clock.sleep(allocationDelay(storage), world.signal);
  const bytes = /[MGT]$/.test(size) ? parseSize(size) : Number(size) * 1024;
  const wanted = { vmid: Number(vmid), size: bytes, name, format: format === "qcow2" ? ("qcow2" as const) : undefined };
  return allocateVolume(world, node, storage, wanted, () => {}).volid;
}

function volumeInfo({ node, params }: ApiCall) {
  const storage = storageOn(node, params["storage"] ?? "");
  const volid = volidOf(params);
  const volume = findVolume(node, volid);
  if (!volume) throw new PveError(`volume '${volid}' does not exist`);
  return { path: volumePath(storage, volid), size: volume.size, used: Math.round(volume.used), format: volume.format };
}

function free({ world, node, user, params }: ApiCall): string {
  const storage = storageOn(node, params["storage"] ?? "");
  const volid = volidOf(params);
  const run = { type: "imgdel", id: volid.replace(/^[^:]*:/, `${storage.id}@`).replaceAll("/", "-"), user };
  return startTask(world, node, run, async (print, signal) => {
    await world.clock.sleep(300, signal);
    if (!dropVolume(node, volid)) throw new PveError(`volume '${volid}' does not exist`);
    if (storage.type === "dir") removeHeavyFiles(node, volumePath(storage, volid));
    if (storage.type === "lvmthin") print(`  Logical volume "${volid.split(":")[1]}" successfully removed.\n`);
    print(`Removed volume '${volid}'\n`);
  }).upid;
}

/** The path holds a whole volume id, or its name alone. */
function volidOf({ storage = "", volume = "" }: ApiCall["params"]): string {
  const name = decodeURIComponent(volume);
  return name.includes(":") ? name : `${storage}:${name}`;
}
