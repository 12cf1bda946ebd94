import type { LabCommand } from "../command.ts";
import { columns } from "./columns.ts";
import { powers } from "./powers.ts";

/** `nproc`: the processors that the kernel schedules on. */
export const nproc: LabCommand = {
  name: "nproc",
  run({ node, out }) {
    out(`${node.hardware.cpu.threads}\n`);
    return 0;
  },
};

/** `free`, in KiB, with -m, -g, -b or -h. */
export const free: LabCommand = {
  name: "free",
  run({ args, node, out }) {
    const { memory, swap } = node.hardware;
    const used = Math.round(memory * 0.065);
    const cache = Math.round(memory * 0.04);
    const show = (bytes: number) => memoryText(bytes, args[0] ?? "");
    const head = ["", "total", "used", "free", "shared", "buff/cache", "available"];
    const rows = [
      [
        "Mem:",
        show(memory),
        show(used),
        show(memory - used - cache),
        show(45 * 2 ** 20),
        show(cache),
        show(memory - used),
      ],
      ["Swap:", show(swap), show(0), show(swap)],
    ];
    for (const [name = "", ...cells] of [head, ...rows])
      out(
        `${name.padEnd(8)}${cells
          .map((cell) => cell.padStart(12))
          .join("")
          .replace(/^ {2}/, "  ")}\n`,
      );
    return 0;
  },
};

/** `df`: the file systems of a default installation; -h in powers of 1024, paths choose the one that holds them. */
export const df: LabCommand = {
  name: "df",
  run({ args, node, world, out }) {
    const human = args.some((arg) => /^-[a-zA-Z]*h/.test(arg));
    const { rootfs, memory } = node.hardware;
    const full = world.faults.diskFull.has(node.name);
    const systems: readonly (readonly [string, number, number, string])[] = [
      ["udev", memory / 2, 0, "/dev"],
      ["tmpfs", memory / 10, 1_400_000, "/run"],
      ["/dev/mapper/pve-root", rootfs, full ? rootfs : rootfs * 0.057, "/"],
      ["tmpfs", memory / 2, 46_000_000, "/dev/shm"],
      ["tmpfs", 5_242_880, 0, "/run/lock"],
      ["/dev/fuse", 134_217_728, 16_384, "/etc/pve"],
    ];
    const paths = args.filter((arg) => !arg.startsWith("-"));
    const chosen = paths.length === 0 ? systems : paths.flatMap((path) => holding(systems, path));
    const size = (bytes: number) => (human ? powers(bytes) : String(Math.floor(bytes / 1024)));
    const rows = chosen.map(([name, total, used, mount]) => {
      const usable = mount === "/" ? total * 0.949 : total;
      const free = Math.max(0, usable - used);
      const percent = used + free === 0 ? 0 : Math.ceil((used / (used + free)) * 100);
      return [name, size(total), size(used), size(free), `${percent}%`, mount];
    });
    const head = [
      "Filesystem",
      human ? "Size" : "1K-blocks",
      "Used",
      human ? "Avail" : "Available",
      "Use%",
      "Mounted on",
    ];
    out(columns([head, ...rows], [1, 2, 3, 4], human ? 5 : 0));
    return 0;
  },
};

function holding<T extends readonly [string, number, number, string]>(
  systems: readonly T[],
  path: string,
): readonly T[] {
  const inside = systems.filter(([, , , mount]) => mount === "/" || path === mount || path.startsWith(`${mount}/`));
  return inside.sort((a, b) => b[3].length - a[3].length).slice(0, 1);
}

function memoryText(bytes: number, flag: string): string {
  if (flag === "-h")
    return `${(bytes / 2 ** (bytes >= 2 ** 30 ? 30 : 20)).toFixed(bytes >= 10 * 2 ** 30 || bytes < 2 ** 30 ? 0 : 1)}${bytes >= 2 ** 30 ? "Gi" : bytes === 0 ? "B" : "Mi"}`;
  const shift = { "-b": 0, "-m": 20, "-g": 30 }[flag] ?? 10;
  return String(Math.floor(bytes / 2 ** shift));
}
