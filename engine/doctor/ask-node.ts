import { ProblemError } from "../base/problem.ts";
import { readClock } from "../kinds/index.ts";
import type { ClockReading } from "../model/clock-reading.ts";
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
  readonly clock: ClockReading | undefined;
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

/** Asks a node who it is, what it has, and what time it is there. Throws ProblemError SSH_… as the shell does. */
export async function askNode(node: InventoryNode, doors: DoctorDoors, signal: AbortSignal): Promise<NodeFacts> {
  const lines = (await read(node, FACTS, doors, signal)).split("\n").flatMap((line) => {
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
    clock: await readClock(node, doors, signal),
  };
}

async function read(node: InventoryNode, script: string, { shell }: DoctorDoors, signal: AbortSignal) {
  const chunks: Buffer[] = [];
  const end = await shell.run(
    { type: "node", node },
    {
      ...{ interpreter: "sh", script, environment: { LC_ALL: "C" }, answers: [], signal },
      onOutput: (stream, chunk) => {
        if (stream === "stdout") chunks.push(chunk);
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
  return Buffer.concat(chunks).toString("utf8");
}
