import { type BlockDevice, blockDevices, devicePath, flattened } from "../../state/block-devices.ts";
import type { Call, LabCommand } from "../command.ts";
import { columns } from "./columns.ts";
import { type Flags, parseFlags } from "./flags.ts";
import { powers } from "./powers.ts";

const DEFAULT = ["NAME", "MAJ:MIN", "RM", "SIZE", "RO", "TYPE", "MOUNTPOINTS"];
const FILE_SYSTEMS = ["NAME", "FSTYPE", "FSVER", "LABEL", "UUID", "FSAVAIL", "FSUSE%", "MOUNTPOINTS"];
const RIGHT = new Set(["RM", "SIZE", "RO", "ROTA"]);

/** `lsblk`: disks, partitions and volumes as a tree, a list (-l) or JSON (-J); -o columns, -d without children, -b, -n, -p, -f. */
export const lsblk: LabCommand = {
  name: "lsblk",
  run(call) {
    const given = parseFlags(longNames(call.args), "oI");
    const { flags, operands } = given;
    const wanted = (flags.get("o") ?? "").toUpperCase().split(",").filter(Boolean);
    const shown = wanted.length > 0 ? wanted : flags.has("f") ? FILE_SYSTEMS : DEFAULT;
    const unknown = shown.find((column) => cellOf(column) === undefined);
    if (unknown !== undefined) {
      call.err(`lsblk: unknown column: ${unknown}\n`);
      return 1;
    }
    const all = blockDevices(call.node);
    const chosen = operands.length === 0 ? all : operands.flatMap((path) => pick(call, all, path));
    if (operands.length > 0 && chosen.length === 0) return 32;
    const roots = flags.has("d") ? chosen.map((device) => ({ ...device, children: [] })) : chosen;
    if (flags.has("J"))
      call.out(`${JSON.stringify({ blockdevices: roots.map((d) => json(d, shown, flags)) }, null, 3)}\n`);
    else call.out(table(roots, shown, flags));
    return chosen.length < operands.length ? 64 : 0;
  },
};

type Letters = Flags["flags"];
type Value = (device: BlockDevice, flags: Letters) => string | number | boolean | null | readonly (string | null)[];

/** `--json` and the like as letters. */
function longNames(args: readonly string[]): readonly string[] {
  const names: Readonly<Record<string, string>> = {
    "--bytes": "-b",
    "--fs": "-f",
    "--json": "-J",
    "--list": "-l",
    "--nodeps": "-d",
    "--noheadings": "-n",
    "--output": "-o",
    "--paths": "-p",
  };
  return args.flatMap((arg) => {
    const [name = "", value] = arg.split("=");
    const letter = names[name];
    if (letter === undefined) return [arg];
    return value === undefined ? [letter] : [letter, value];
  });
}

function pick(call: Call, all: readonly BlockDevice[], path: string): readonly BlockDevice[] {
  const real = devicePath(call.node, path);
  const found = flattened(all).find((device) => device.path === real || `/dev/mapper/${device.name}` === path);
  if (found) return [found];
  call.err(`lsblk: ${path}: not a block device\n`);
  return [];
}

function cellOf(column: string): Value | undefined {
  const values: Readonly<Record<string, Value>> = {
    NAME: (device, flags) => (flags.has("p") ? device.path : device.name),
    KNAME: (device) => (device.type === "lvm" ? `dm-${device.majorMinor.split(":")[1]}` : device.name),
    PATH: (device) => device.path,
    "MAJ:MIN": (device) => device.majorMinor,
    RM: () => false,
    SIZE: (device, flags) => (flags.has("b") ? device.size : powers(device.size)),
    RO: () => false,
    TYPE: (device) => device.type,
    MOUNTPOINT: (device) => device.mountpoint ?? null,
    MOUNTPOINTS: (device) => [device.mountpoint ?? null],
    FSTYPE: (device) => device.fstype ?? null,
    FSVER: (device) => ({ LVM2_member: "LVM2 001", ext4: "1.0", vfat: "FAT32" })[device.fstype ?? ""] ?? null,
    LABEL: () => null,
    UUID: (device) => device.uuid ?? null,
    FSAVAIL: () => null,
    "FSUSE%": () => null,
    MODEL: (device) => device.disk?.model.replaceAll("_", " ") ?? null,
    VENDOR: (device) => device.disk?.vendor.padEnd(8) ?? null,
    SERIAL: (device) => device.disk?.serial ?? null,
    TRAN: (device) => (device.disk ? (device.disk.type === "nvme" ? "nvme" : "sata") : null),
    ROTA: (device) => device.disk?.type === "hdd",
    PTTYPE: (device) => (device.disk && device.disk.used !== undefined && device.disk.used !== "LVM" ? "gpt" : null),
  };
  return Object.hasOwn(values, column) ? values[column] : undefined;
}

function json(device: BlockDevice, shown: readonly string[], flags: Letters): Readonly<Record<string, unknown>> {
  const own = shown.map((column) => [column.toLowerCase(), cellOf(column)?.(device, flags) ?? null]);
  const children = device.children.map((child) => json(child, shown, flags));
  return { ...Object.fromEntries(own), ...(children.length > 0 && !flags.has("l") ? { children } : {}) };
}

function table(roots: readonly BlockDevice[], shown: readonly string[], flags: Letters): string {
  const rows = flags.has("n") ? [] : [[...shown]];
  const add = (device: BlockDevice, lead: string, mark: string) => {
    rows.push(
      shown.map(
        (column) => (column === "NAME" ? `${lead}${mark}` : "") + text(cellOf(column)?.(device, flags) ?? null),
      ),
    );
    device.children.forEach((child, index) => {
      const last = index === device.children.length - 1;
      const deeper = mark === "" ? lead : `${lead}${mark === "└─" ? "  " : "│ "}`;
      if (flags.has("l")) add(child, "", "");
      else add(child, deeper, last ? "└─" : "├─");
    });
  };
  for (const device of roots) add(device, "", "");
  const right = shown.flatMap((column, index) => (RIGHT.has(column) ? [index] : []));
  return rows.length === 0 ? "" : columns(rows, right, 0);
}

function text(value: ReturnType<Value>): string {
  if (Array.isArray(value)) return value.filter((each) => each !== null).join(",");
  if (typeof value === "boolean") return value ? "1" : "0";
  return value === null ? "" : String(value);
}
