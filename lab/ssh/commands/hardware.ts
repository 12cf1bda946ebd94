import type { LabCommand } from "../command.ts";

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

function memoryText(bytes: number, flag: string): string {
  if (flag === "-h")
    return `${(bytes / 2 ** (bytes >= 2 ** 30 ? 30 : 20)).toFixed(bytes >= 10 * 2 ** 30 || bytes < 2 ** 30 ? 0 : 1)}${bytes >= 2 ** 30 ? "Gi" : bytes === 0 ? "B" : "Mi"}`;
  const shift = { "-b": 0, "-m": 20, "-g": 30 }[flag] ?? 10;
  return String(Math.floor(bytes / 2 ** shift));
}
