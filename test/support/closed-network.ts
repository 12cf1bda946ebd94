import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Trial } from "./guard-trial.ts";

/** Every address is this machine, and so is the name server: nothing can leave, and everything that tries is met. */
const SET_UP = [
  "ip link set lo up",
  "ip route add local 10.0.0.0/8 dev lo",
  "ip -6 route add local fd00::/8 dev lo",
  'mount --bind "$1" /etc/hosts',
  'mount --bind "$2" /etc/resolv.conf',
].join(" && ");

/** Why this machine cannot make a network of its own; undefined when it can. */
export function noClosedNetwork(): string | undefined {
  const made = spawnSync("unshare", ["-nm", "sh", "-c", "ip link set lo up && ip route add local 10.0.0.0/8 dev lo"], {
    encoding: "utf8",
  });
  if (made.status === 0) return undefined;
  return made.error?.message ?? made.stderr.trim().split("\n").at(-1) ?? "unshare failed";
}

/** Runs a trial of the engine's doors in a network of its own, whose /etc/hosts and resolv.conf these files are. */
export function tryDoors(guard: "none" | "loopback", hosts: string, resolv: string): Trial {
  const inside = `${SET_UP} && shift 2 && exec "$@"`;
  return trialOf("unshare", ["-nm", "sh", "-c", inside, "sh", hosts, resolv, process.execPath, TRIAL, guard]);
}

/** The same in this machine's own network, without traps: for the guarded doors alone. */
export function tryGuardedDoorsHere(): Trial {
  return trialOf(process.execPath, [TRIAL, "loopback", "open"]);
}

const TRIAL = join(import.meta.dirname, "guard-trial.ts");

function trialOf(program: string, args: readonly string[]): Trial {
  const env = { ...process.env, MOT: "secret-du-piege" };
  const ran = spawnSync(program, args, { encoding: "utf8", env, maxBuffer: 64 * 2 ** 20 });
  const line = ran.stdout.trim().split("\n").at(-1) ?? "";
  if (ran.status !== 0 || !line.startsWith("{")) throw new Error(`the trial failed: ${ran.stdout}\n${ran.stderr}`);
  return JSON.parse(line) as Trial;
}
