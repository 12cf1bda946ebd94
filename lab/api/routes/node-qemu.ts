import { type Guest, guestCores } from "../../state/guest.ts";
import { findGuest, nextVmid, vmOn } from "../../state/guest-place.ts";
import { parameterError } from "../../state/pve-error.ts";
import { startTask } from "../../state/tasks.ts";
import { checkCreateVm, createVm } from "../../state/vm-create.ts";
import { checkDestroyVm, destroyVm } from "../../state/vm-destroy.ts";
import { startVm } from "../../state/vm-power.ts";
import { isTrue, type ParameterSchema } from "../parameters.ts";
import type { ApiCall, Route } from "../route.ts";
import { VM_OPTIONS } from "../vm-parameters.ts";
import { guestFigures } from "./guest-rows.ts";

const CREATE: ParameterSchema = {
  ...VM_OPTIONS,
  vmid: { type: "integer", required: true, minimum: 100, maximum: 999_999_999 },
  ...{ start: { type: "boolean" }, pool: {}, storage: {}, force: { type: "boolean" }, unique: { type: "boolean" } },
  ...{ bwlimit: { type: "integer" }, "ha-managed": { type: "boolean" } },
};

/** `/nodes/NODE/qemu` and `lxc`: the guests of a node, making and removing machines; `/cluster/nextid`. */
export const nodeQemuRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/nodes/{node}/qemu",
    relayed: true,
    parameters: { full: { type: "boolean" } },
    handle: (call) => list(call, "qemu"),
  },
  { method: "GET", path: "/nodes/{node}/lxc", relayed: true, handle: (call) => list(call, "lxc") },
  { method: "POST", path: "/nodes/{node}/qemu", relayed: true, parameters: CREATE, handle: create },
  { method: "GET", path: "/nodes/{node}/qemu/{vmid}", handle: index },
  {
    method: "DELETE",
    path: "/nodes/{node}/qemu/{vmid}",
    relayed: true,
    parameters: {
      ...{ purge: { type: "boolean" }, skiplock: { type: "boolean" } },
      "destroy-unreferenced-disks": { type: "boolean" },
    },
    handle: destroy,
  },
  {
    method: "GET",
    path: "/cluster/nextid",
    parameters: { vmid: { type: "integer", minimum: 100, maximum: 999_999_999 } },
    handle: nextId,
  },
];

function list({ world, node }: ApiCall, type: Guest["type"]) {
  return [...node.guests.values()]
    .filter((guest) => guest.type === type)
    .map((guest) => {
      const { diskread: _, diskwrite: __, ...figures } = guestFigures(world, guest);
      return {
        ...figures,
        cpus: guestCores(guest),
        ...(guest.pid === undefined ? {} : { pid: guest.pid }),
        ...(guest.lock === undefined ? {} : { lock: guest.lock }),
      };
    });
}

function create({ world, node, user, params }: ApiCall): string {
  const vmid = Number(params["vmid"]);
  const options = new Map(Object.entries(params).filter(([key]) => key in VM_OPTIONS));
  const cdrom = options.get("cdrom");
  if (cdrom !== undefined) {
    options.delete("cdrom");
    options.set("ide2", `${cdrom},media=cdrom`);
  }
  checkCreateVm(world, node, vmid, options);
  const run = { type: "qmcreate", id: String(vmid), user };
  return startTask(world, node, run, async (print, signal) => {
    const guest = await createVm(world, node, vmid, options, print, signal);
    if (!isTrue(params["start"])) return;
    const start = { type: "qmstart", id: String(vmid), user };
    startTask(world, node, start, (log, stopped) => startVm(world, node, guest, log, stopped));
  }).upid;
}

function destroy({ world, node, user, params }: ApiCall): string {
  const guest = vmOn(node, params["vmid"] ?? "");
  checkDestroyVm(world, node, guest, isTrue(params["purge"]));
  const run = { type: "qmdestroy", id: String(guest.vmid), user };
  return startTask(world, node, run, (print, signal) => destroyVm(world, node, guest, print, signal)).upid;
}

const PARTS = [
  ...["config", "pending", "unlink", "vncproxy", "termproxy", "migrate", "resize", "move", "rrd", "rrddata", "monitor"],
  ...["agent", "snapshot", "spiceproxy", "sendkey", "firewall", "mtunnel", "remote_migrate", "status", "feature"],
];

function index({ node, params }: ApiCall) {
  vmOn(node, params["vmid"] ?? "");
  return PARTS.map((subdir) => ({ subdir }));
}

function nextId({ world, node, params }: ApiCall): string {
  const { vmid } = params;
  if (vmid === undefined) return String(nextVmid(world, node));
  if (findGuest(world, node, Number(vmid))) throw parameterError({ vmid: `VM ${vmid} already exists` });
  return vmid;
}
