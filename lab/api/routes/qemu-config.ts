import type { Guest } from "../../state/guest.ts";
import { formatSize, isDriveKey, parseDisk } from "../../state/guest-disks.ts";
import { vmOn } from "../../state/guest-place.ts";
import { parseProperties } from "../../state/property-string.ts";
import { parameterError } from "../../state/pve-error.ts";
import { startTask } from "../../state/tasks.ts";
import { setVm, vmDigest } from "../../state/vm-config.ts";
import { renderDrive } from "../../state/vm-values.ts";
import { findVolume } from "../../state/volumes.ts";
import type { ParameterSchema } from "../parameters.ts";
import type { ApiCall, Route } from "../route.ts";
import { NUMERIC_KEYS, VM_OPTIONS } from "../vm-parameters.ts";

const CHANGE: ParameterSchema = {
  ...VM_OPTIONS,
  ...{ delete: {}, revert: {}, digest: {}, force: { type: "boolean" }, skiplock: { type: "boolean" } },
  background_delay: { type: "integer" },
};

const PATH = "/nodes/{node}/qemu/{vmid}";

/** `/nodes/NODE/qemu/VMID/config`, `pending` and `resize`. */
export const qemuConfigRoutes: readonly Route[] = [
  { method: "GET", path: `${PATH}/config`, parameters: { current: { type: "boolean" }, snapshot: {} }, handle: read },
  { method: "PUT", path: `${PATH}/config`, relayed: true, parameters: CHANGE, handle: change },
  { method: "POST", path: `${PATH}/config`, relayed: true, parameters: CHANGE, handle: changeAsTask },
  { method: "GET", path: `${PATH}/pending`, handle: pending },
  {
    method: "PUT",
    path: `${PATH}/resize`,
    relayed: true,
    parameters: {
      disk: { required: true },
      size: { required: true, pattern: /^\+?\d+(?:\.\d+)?[KMGT]?$/ },
      digest: {},
    },
    handle: resize,
  },
];

function read({ node, params }: ApiCall) {
  const guest = vmOn(node, params["vmid"] ?? "");
  const config = params["current"] === "1" ? guest.config : withPending(guest);
  const values = [...config].map(([key, value]) => [key, NUMERIC_KEYS.has(key) ? Number(value) : value]);
  return {
    ...Object.fromEntries(values),
    ...(guest.lock === undefined ? {} : { lock: guest.lock }),
    digest: vmDigest(guest),
  };
}

/** Without `current`, the configuration is shown as the next start will have it. */
function withPending({ config, pending: waiting }: Guest): Map<string, string> {
  const next = new Map(config);
  for (const [key, value] of waiting) {
    if (value === null) next.delete(key);
    else next.set(key, value);
  }
  return next;
}

/** Splits the call's parameters into values and keys to delete. */
function changesOf({ params }: ApiCall) {
  const values = Object.entries(params).filter(([key]) => key in VM_OPTIONS);
  return { options: new Map(values), deletes: (params["delete"] ?? "").split(/[ ,;]+/).filter(Boolean) };
}

function change(call: ApiCall): null {
  const { world, node, params } = call;
  const guest = vmOn(node, params["vmid"] ?? "");
  const { options, deletes } = changesOf(call);
  for (const key of (params["revert"] ?? "").split(/[ ,;]+/)) guest.pending.delete(key);
  setVm(world, node, guest, options, deletes, () => {});
  return null;
}

function changeAsTask(call: ApiCall): string {
  const { world, node, user, params } = call;
  const guest = vmOn(node, params["vmid"] ?? "");
  const { options, deletes } = changesOf(call);
  const run = { type: "qmconfig", id: String(guest.vmid), user };
  return startTask(world, node, run, async (print, signal) => {
    await world.clock.sleep(300, signal);
    print(`update VM ${guest.vmid}: ${updateText(options, deletes)}\n`);
    setVm(world, node, guest, options, deletes, print);
  }).upid;
}

/** What a change says it is about to do, the options by name: "-delete cpu -kvm 0 -memory 192". */
export function updateText(options: ReadonlyMap<string, string>, deletes: readonly string[]): string {
  const all = [...options, ...(deletes.length > 0 ? [["delete", deletes.join(",")] as const] : [])];
  return all
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `-${key} ${value}`)
    .join(" ");
}

function pending({ node, params }: ApiCall) {
  const guest = vmOn(node, params["vmid"] ?? "");
  const keys = new Set([...guest.config.keys(), ...guest.pending.keys()]);
  const rows = [...keys].map((key) => {
    const value = guest.config.get(key);
    const waiting = guest.pending.get(key);
    return {
      key,
      ...(value === undefined ? {} : { value: NUMERIC_KEYS.has(key) ? Number(value) : value }),
      ...(typeof waiting === "string" ? { pending: NUMERIC_KEYS.has(key) ? Number(waiting) : waiting } : {}),
      ...(waiting === null ? { delete: 1 } : {}),
    };
  });
  return [...rows, { key: "digest", value: vmDigest(guest) }];
}

const UNIT: Readonly<Record<string, number>> = { "": 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

function resize({ world, node, user, params }: ApiCall): string {
  const guest = vmOn(node, params["vmid"] ?? "");
  const { disk = "", size = "" } = params;
  const value = guest.config.get(disk);
  if (value === undefined || !isDriveKey(disk)) throw parameterError({ disk: `disk '${disk}' does not exist` });
  const run = { type: "resize", id: String(guest.vmid), user };
  return startTask(world, node, run, async (_print, signal) => {
    await world.clock.sleep(400, signal);
    const { volid, size: before } = parseDisk(disk, value);
    const [, plus = "", number = "0", unit = ""] = /^(\+?)(\d+(?:\.\d+)?)([KMGT]?)$/.exec(size) ?? [];
    const wanted = (plus === "" ? 0 : before) + Number(number) * (UNIT[unit] ?? 1);
    if (wanted < before) throw new Error("shrinking disks is not supported");
    const volume = findVolume(node, volid);
    if (volume) volume.size = wanted;
    const properties = parseProperties(value, "file");
    properties.set("size", formatSize(wanted));
    guest.config.set(disk, renderDrive(volid, properties));
  }).upid;
}
