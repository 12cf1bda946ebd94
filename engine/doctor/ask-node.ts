import { ProblemError } from "../base/problem.ts";
import type { InventoryNode } from "../model/inventory.ts";
import type { DoctorDoors } from "./doors.ts";

/** What a machine says of itself over ssh; what it does not know is absent. */
export interface NodeFacts {
  readonly hostname: string;
  /** As `pveversion` prints it (`9.2.11`); undefined where Proxmox VE is not installed. */
  readonly version: string | undefined;
  readonly machineId: string | undefined;
  readonly rights: "root" | "sudo" | "none";
  /** Free bytes by mount point. */
  readonly free: Readonly<Record<string, number>>;
  /** Milliseconds by which its clock is ahead of ours, and by how much that may be wrong. */
  readonly clock: ClockOffset | undefined;
}

export interface ClockOffset {
  readonly aheadMs: number;
  readonly uncertainMs: number;
}

/** Only reads. `sudo -n` asks nobody: it works without a password, or fails. */
const FACTS = `printf 'hostname=%s\\n' "$(hostname)"
printf 'version=%s\\n' "$(pveversion 2>/dev/null)"
printf 'machine-id=%s\\n' "$(cat /etc/machine-id 2>/dev/null)"
if [ "$(id -u)" = 0 ]; then echo rights=root
elif sudo -n true 2>/dev/null; then echo rights=sudo
else echo rights=none; fi
df -B1 --output=avail,target / /var/lib/vz /tmp 2>/dev/null | sed -n 's/^ *\\([0-9][0-9]*\\) \\(.*\\)$/free:\\2=\\1/p'
`;
const TIME = "date +%s.%N";

/** Asks a node who it is, what it has, and what time it is there. Throws ProblemError SSH_… as the shell does. */
export async function askNode(node: InventoryNode, doors: DoctorDoors, signal: AbortSignal): Promise<NodeFacts> {
  const lines = (await read(node, FACTS, doors, signal)).text.split("\n").flatMap((line) => {
    const [, name, value] = /^(hostname|version|machine-id|rights|free:[^=]*)=(.+)$/.exec(line.trim()) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value.trim()] as const];
  });
  const facts = new Map(lines);
  const rights = facts.get("rights");
  return {
    hostname: facts.get("hostname") ?? "",
    version: /pve-manager\/(\d[\d.]*)/.exec(facts.get("version") ?? "")?.[1],
    machineId: facts.get("machine-id"),
    rights: rights === "root" || rights === "sudo" ? rights : "none",
    free: Object.fromEntries(
      lines.flatMap(([name, value]) => (name.startsWith("free:") ? [[name.slice(5), Number(value)]] : [])),
    ),
    clock: await offset(node, doors, signal),
  };
}

/** The connection is open by now: question and answer take a moment, and the middle of it is when the clock was read. */
async function offset(node: InventoryNode, doors: DoctorDoors, signal: AbortSignal): Promise<ClockOffset | undefined> {
  const sent = doors.clock.monotonic();
  const { text, firstAt } = await read(node, TIME, doors, signal);
  const seconds = /^\d+(?:\.\d{1,9})?/.exec(text.trim())?.[0];
  if (seconds === undefined || firstAt === undefined) return undefined;
  const uncertainMs = (firstAt.monotonic - sent) / 2;
  return { aheadMs: Number(seconds) * 1_000 - (firstAt.wall - uncertainMs), uncertainMs };
}

async function read(node: InventoryNode, script: string, { shell, clock }: DoctorDoors, signal: AbortSignal) {
  const chunks: Buffer[] = [];
  let firstAt: { readonly wall: number; readonly monotonic: number } | undefined;
  const end = await shell.run(
    { type: "node", node },
    {
      ...{ interpreter: "sh", script, environment: { LC_ALL: "C" }, answers: [], signal },
      onOutput: (stream, chunk) => {
        if (stream !== "stdout") return;
        firstAt ??= { wall: clock.now().getTime(), monotonic: clock.monotonic() };
        chunks.push(chunk);
      },
    },
  );
  signal.throwIfAborted();
  if (end.status !== "exited") {
    const why = end.status === "lost" ? end.reason : end.status;
    throw new ProblemError("SSH_LOST", `La connexion à ${node.name} s’est rompue pendant les questions : ${why}.`, {
      scope: "environment",
      hint: "Vérifiez le réseau et le journal de sshd sur ce nœud, puis relancez.",
    });
  }
  return { text: Buffer.concat(chunks).toString("utf8"), firstAt };
}
