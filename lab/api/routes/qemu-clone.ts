import { vmOn } from "../../state/guest-place.ts";
import { startTask } from "../../state/tasks.ts";
import { checkCloneVm, cloneVm } from "../../state/vm-clone.ts";
import { nodeOf } from "../../state/world.ts";
import type { ApiCall, Route } from "../route.ts";

/** `POST /nodes/NODE/qemu/VMID/clone`: a full copy. */
export const qemuCloneRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/nodes/{node}/qemu/{vmid}/clone",
    relayed: true,
    parameters: {
      newid: { type: "integer", required: true, minimum: 100, maximum: 999_999_999 },
      ...{ name: {}, description: {}, pool: {}, storage: {}, format: {}, snapname: {} },
      ...{ full: { type: "boolean" }, target: {}, bwlimit: { type: "integer" } },
    },
    handle: clone,
  },
];

function clone({ world, node, user, params }: ApiCall): string {
  const guest = vmOn(node, params["vmid"] ?? "");
  const target = params["target"] === undefined ? node : nodeOf(world, params["target"]);
  const request = { vmid: Number(params["newid"]), name: params["name"], target };
  checkCloneVm(world, node, guest, request);
  const run = { type: "qmclone", id: String(guest.vmid), user };
  return startTask(world, node, run, (print, signal) => cloneVm(world, node, guest, request, print, signal)).upid;
}
