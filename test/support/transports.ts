import { systemClock } from "../../engine/base/clock.ts";
import type { Inventory, InventoryNode } from "../../engine/model/inventory.ts";
import { createGuard } from "../../engine/transports/guard.ts";
import type { OperatorHost } from "../../engine/transports/operator-host.ts";
import type { ShellEnd, ShellRequest, ShellTarget, ShellTransport } from "../../engine/transports/port.ts";
import { createSecrets } from "../../engine/transports/secrets.ts";
import { createShellTransport } from "../../engine/transports/shell.ts";
import type { SshPerson } from "../../engine/transports/ssh-person.ts";

/** An inventory of these nodes, guarded like the lab's. */
export function testInventory(nodes: readonly InventoryNode[], secrets: Inventory["secrets"] = {}): Inventory {
  return {
    file: "inventaire.yaml",
    name: "essai",
    timeScale: 1,
    guard: "loopback",
    nodes,
    groups: {},
    vars: {},
    secrets,
  };
}

/** An operator without keys, agent or known hosts, so that the tests see nothing of this machine's. */
export const bareOperator: OperatorHost = {
  env: { PATH: process.env["PATH"] },
  home: "/nonexistent",
  sshFolder: "/nonexistent",
};

/** A shell transport as compose makes it, with less patience. */
export function testShell(inventory: Inventory, host: OperatorHost = bareOperator, person?: SshPerson): ShellTransport {
  const guard = createGuard(inventory);
  const secrets = createSecrets(inventory, host);
  return createShellTransport({ guard, secrets, clock: systemClock, host, person, questionPatienceMs: 700 });
}

/** What a script wrote and how it ended. */
export interface Ran {
  readonly end: ShellEnd;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** Runs a script with the given departures from a plain bash request; the signal ends it after twenty seconds. */
export async function runShell(
  shell: ShellTransport,
  target: ShellTarget,
  script: string,
  more: Partial<ShellRequest> = {},
): Promise<Ran> {
  const chunks: Record<"stdout" | "stderr", Buffer[]> = { stdout: [], stderr: [] };
  const end = await shell.run(target, {
    interpreter: "bash",
    script,
    environment: {},
    answers: [],
    signal: AbortSignal.timeout(20_000),
    ...more,
    onOutput: (stream, chunk) => {
      chunks[stream].push(chunk);
      more.onOutput?.(stream, chunk);
    },
  });
  return { end, stdout: Buffer.concat(chunks.stdout), stderr: Buffer.concat(chunks.stderr) };
}
