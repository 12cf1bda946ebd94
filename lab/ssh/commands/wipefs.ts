import { type BlockDevice, blockDevices, devicePath, flattened, signaturesOf } from "../../state/block-devices.ts";
import type { Call, LabCommand } from "../command.ts";
import { columns } from "./columns.ts";
import { parseFlags } from "./flags.ts";

/** `wipefs DEVICE`, with -n: the signatures on a device, nothing for a clean one; -a erases them from a disk that nothing uses. */
export const wipefs: LabCommand = {
  name: "wipefs",
  run(call) {
    const { flags, operands } = parseFlags(call.args, "ot");
    const [path] = operands;
    if (path === undefined) {
      call.err("wipefs: error: no device specified\n");
      return 1;
    }
    const device = find(call, path);
    if (!device) {
      call.err(`wipefs: error: ${path}: probing initialization failed: No such file or directory\n`);
      return 1;
    }
    const found = signaturesOf(device);
    if ((flags.has("a") || flags.has("all")) && !flags.has("n")) return erase(call, device);
    if (found.length === 0) return 0;
    const rows = found.map(({ offset, type, uuid }) => [device.name, `0x${offset.toString(16)}`, type, uuid, ""]);
    call.out(columns([["DEVICE", "OFFSET", "TYPE", "UUID", "LABEL"], ...rows], [], 0));
    return 0;
  },
};

/** `blkid [DEVICE]`: 2 for a device without anything to tell. */
export const blkid: LabCommand = {
  name: "blkid",
  run(call) {
    const { operands } = parseFlags(call.args, "os");
    const all = flattened(blockDevices(call.node));
    const chosen = operands.length === 0 ? all : operands.flatMap((path) => find(call, path) ?? []);
    const told = chosen.filter((device) => device.fstype !== undefined);
    for (const { path, uuid, fstype } of told) {
      call.out(`${path}:${uuid === undefined ? "" : ` UUID="${uuid}"`} TYPE="${fstype}"\n`);
    }
    return told.length === 0 ? 2 : 0;
  },
};

function find(call: Call, path: string): BlockDevice | undefined {
  const real = devicePath(call.node, path);
  return flattened(blockDevices(call.node)).find((device) => device.path === real);
}

function erase(call: Call, device: BlockDevice): number {
  const { disk } = device;
  if (!disk || device.children.length > 0) {
    call.err(`wipefs: error: ${device.path}: probing initialization failed: Device or resource busy\n`);
    return 1;
  }
  for (const { offset, type } of signaturesOf(device)) {
    call.out(
      `${device.path}: 8 bytes were erased at offset 0x${offset.toString(16).padStart(8, "0")} (${type}): 4c 56 4d 32 20 30 30 31\n`,
    );
  }
  disk.used = undefined;
  return 0;
}
