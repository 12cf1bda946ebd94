import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Waits until a file is there; the test's own limit ends a wait that is in vain. */
export async function appears(file: string): Promise<void> {
  while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Waits until a process is no more, or only waits to be collected. */
export async function vanishes(pid: number): Promise<void> {
  while (existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ")) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The arguments of every process of this machine, one line each. */
export function allCommandLines(): string {
  const pids = readdirSync("/proc").filter((entry) => /^\d+$/.test(entry));
  return pids.map((pid) => read(`/proc/${pid}/cmdline`)).join("\n");
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
