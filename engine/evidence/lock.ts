import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { ProblemError } from "../base/problem.ts";

/** A lock that is held until `release`. */
export interface Lock {
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  /** Start time of the process, since pids are used again. */
  readonly started: string;
}

/**
 * Takes the lock of a run folder; the file stands beside the folder, so that the evidence stays as it is.
 * A lock whose process is gone is taken over. Throws ProblemError RUN_LOCKED while its holder lives.
 */
export async function takeLock(path: string): Promise<Lock> {
  const mine: Holder = { pid: process.pid, started: startOf(process.pid) ?? "unknown" };
  for (const lastTry of [false, true]) {
    try {
      await placeWhole(path, JSON.stringify(mine));
      return { release: () => rm(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = await readHolder(path);
    if (lastTry || (holder !== undefined && startOf(holder.pid) === holder.started)) {
      throw new ProblemError(
        "RUN_LOCKED",
        `Une autre exécution (processus ${holder?.pid ?? "inconnu"}) tient ce dossier.`,
        {
          scope: "environment",
          hint: "Attendez qu’elle se termine, ou choisissez un autre dossier.",
        },
      );
    }
    await rm(path, { force: true });
  }
  throw new Error("unreachable");
}

/** The lock appears with its content: a second process never sees an empty one and takes it for abandoned. */
async function placeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.part`;
  await writeFile(temporary, text, { flag: "wx", mode: 0o644 });
  try {
    await link(temporary, path).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") throw error;
      // Some file systems have no hard links.
      await writeFile(path, text, { flag: "wx", mode: 0o644 });
    });
  } finally {
    await rm(temporary, { force: true });
  }
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

/** Start time of a process in clock ticks since boot (field 22 of /proc/PID/stat); undefined when it is gone. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return process.platform === "linux" ? undefined : aliveWithoutProc(pid);
  }
}

function aliveWithoutProc(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
    return "unknown";
  } catch {
    return undefined;
  }
}
