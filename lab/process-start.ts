import { readFile } from "node:fs/promises";

/** When a process started, as the kernel counts it: together with the pid it names one process for good. Undefined when it does not run. */
export async function processStart(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold anything; after it, the start time is the 20th field.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return isAlive(pid) ? "unknown" : undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
