import { usageOf } from "../../state/usage.ts";
import type { Call, LabCommand } from "../command.ts";
import { columns } from "./columns.ts";
import { powers } from "./powers.ts";

interface FileSystem {
  readonly source: string;
  readonly fstype: string;
  readonly size: number;
  readonly used: number;
  readonly avail: number;
  readonly target: string;
}

/** `df`: the file systems of a default installation; -h in powers of 1024, -B1 in bytes, -T, --output=FIELDS; paths choose the one that holds them. */
export const df: LabCommand = {
  name: "df",
  run(call) {
    const { fields, unit, paths } = optionsOf(call.args);
    const systems = fileSystems(call);
    const unknown = fields.find((field) => !Object.hasOwn(FIELDS, field));
    if (unknown !== undefined) {
      call.err(`df: option --output: field '${unknown}' unknown\nTry 'df --help' for more information.\n`);
      return 1;
    }
    const chosen = paths.length === 0 ? systems : paths.flatMap((path) => holding(systems, path));
    const rows = chosen.map((system) => fields.map((field) => FIELDS[field]?.value(system, unit) ?? ""));
    const head = fields.map((field) => FIELDS[field]?.heading(unit) ?? "");
    const right = fields.flatMap((field, index) => (FIELDS[field]?.right ? [index] : []));
    call.out(columns([head, ...rows], right, 0));
    return 0;
  },
};

/** Bytes of a block, or "h" for sizes that a person reads. */
type Unit = number | "h";

interface Column {
  readonly right: boolean;
  heading(unit: Unit): string;
  value(system: FileSystem, unit: Unit): string;
}

const text = (heading: string, value: (system: FileSystem) => string): Column => ({
  right: false,
  heading: () => heading,
  value,
});
const size = (heading: string, human: string, value: (system: FileSystem) => number): Column => ({
  right: true,
  heading: (unit) => (unit === "h" ? human.padStart(5) : heading.replace("%", unit === 1 ? "1B" : `${unit / 1024}K`)),
  value: (system, unit) => (unit === "h" ? powers(value(system)) : String(Math.floor(value(system) / unit))),
});
const FIELDS: Readonly<Record<string, Column>> = {
  source: text("Filesystem", ({ source }) => source),
  fstype: text("Type", ({ fstype }) => fstype),
  size: size("%-blocks", "Size", (system) => system.size),
  used: size("Used", "Used", ({ used }) => used),
  avail: { ...size("Available", "Avail", ({ avail }) => avail) },
  pcent: { ...text("Use%", shareOf), right: true },
  target: text("Mounted on", ({ target }) => target),
};

function shareOf({ used, avail }: FileSystem): string {
  return `${used + avail === 0 ? 0 : Math.ceil((used / (used + avail)) * 100)}%`;
}

function optionsOf(args: readonly string[]) {
  const output = args.find((arg) => arg.startsWith("--output"));
  const named = output?.split("=")[1]?.split(",");
  const plain = ["source", ...(args.includes("-T") ? ["fstype"] : []), "size", "used", "avail", "pcent", "target"];
  const bytes = args.some((arg) => /^(?:-B1|--block-size=1)$/.test(arg));
  const human = args.some((arg) => /^-[a-zA-Z]*h/.test(arg));
  const unit: Unit = human ? "h" : bytes ? 1 : 1024;
  return { fields: named ?? plain, unit, paths: args.filter((arg) => !arg.startsWith("-")) };
}

function fileSystems({ world, node }: Call): readonly FileSystem[] {
  const { rootfs, memory } = node.hardware;
  const used = usageOf(world, node).rootfs;
  const temporary = (total: number, taken: number, target: string, source = "tmpfs"): FileSystem => ({
    ...{ source, fstype: source === "udev" ? "devtmpfs" : source === "tmpfs" ? "tmpfs" : "fuse" },
    ...{ size: total, used: taken, avail: total - taken, target },
  });
  const root = { source: "/dev/mapper/pve-root", fstype: "ext4", size: rootfs, used, target: "/" };
  return [
    temporary(memory / 2, 0, "/dev", "udev"),
    temporary(memory / 10, 1_400_000, "/run"),
    // Some blocks are root's own.
    { ...root, avail: Math.max(0, Math.floor(rootfs * 0.95) - used) },
    temporary(memory / 2, 46_000_000, "/dev/shm"),
    temporary(5_242_880, 0, "/run/lock"),
    temporary(134_217_728, 16_384, "/etc/pve", "/dev/fuse"),
  ];
}

function holding(systems: readonly FileSystem[], path: string): readonly FileSystem[] {
  const inside = systems.filter(({ target }) => target === "/" || path === target || path.startsWith(`${target}/`));
  return inside.toSorted((a, b) => b.target.length - a.target.length).slice(0, 1);
}
