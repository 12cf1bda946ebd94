import { startReload } from "./network-reload.ts";
import type { NodeState } from "./node.ts";
import { errorText } from "./pve-error.ts";
import { assertQuorum } from "./quorum.ts";
import { SDN_KINDS, type SdnRunning, type SdnSections, type SdnState } from "./sdn.ts";
import { assertSdnLock } from "./sdn-lock.ts";
import type { Print, Task } from "./task.ts";
import { startTask } from "./tasks.ts";
import type { World } from "./world.ts";

/** Who applies, and with which token; the lock is freed afterwards only when that is said. */
export interface ApplyRequest {
  readonly user: string;
  readonly token: string | undefined;
  readonly release: boolean;
}

/**
 * PUT cluster/sdn: what is configured becomes what runs, under a new number, and every node is told to reload. The task only tells what
 * the nodes said: it ends OK whatever became of them.
 */
export function applySdn(world: World, node: NodeState, { user, token, release }: ApplyRequest): Task {
  assertQuorum(node);
  const { sdn } = node.database;
  assertSdnLock(sdn, token);
  sdn.running = { version: (sdn.running?.version ?? 0) + 1, sections: copyOf(sdn.configured) };
  sdn.started = true;
  if (release) sdn.lockToken = undefined;
  return startTask(world, node, { type: "reloadnetworkall", user }, async (print, signal) => {
    for (const member of membersOf(world, node)) {
      print(`${member.name}: reloading network config\n`);
      await reloadMember(world, node, member, print, signal);
    }
  });
}

/** POST cluster/sdn/rollback: what is configured becomes again what runs. */
export function rollbackSdn(node: NodeState, token: string | undefined, release: boolean): void {
  assertQuorum(node);
  const { sdn } = node.database;
  assertSdnLock(sdn, token, "could not rollback SDN configuration");
  for (const kind of SDN_KINDS) {
    const configured = sdn.configured[kind];
    configured.clear();
    for (const [id, section] of sdn.running?.sections[kind] ?? []) configured.set(id, section);
  }
  if (release) sdn.lockToken = undefined;
}

/** The configuration that an apply would put in force now: for a dry run. */
export function nextRunning(sdn: SdnState): SdnRunning {
  return { version: sdn.running?.version ?? 1, sections: copyOf(sdn.configured) };
}

function copyOf(sections: SdnSections): SdnRunning["sections"] {
  return {
    zones: new Map(sections.zones),
    vnets: new Map(sections.vnets),
    subnets: new Map(sections.subnets),
    controllers: new Map(sections.controllers),
    fabrics: new Map(sections.fabrics),
  };
}

function membersOf(world: World, node: NodeState): NodeState[] {
  const config = node.database.corosync;
  return config ? config.nodes.flatMap(({ name }) => world.nodes.get(name) ?? []) : [node];
}

/** What `pvesh set /nodes/MEMBER/network` would do from here, and what of it reaches the log: errors only. */
async function reloadMember(
  world: World,
  node: NodeState,
  member: NodeState,
  print: Print,
  signal: AbortSignal,
): Promise<void> {
  const failed = `command 'pvesh set /nodes/${member.name}/network' failed: exit code 255\n`;
  const proxied = member === node ? "" : "proxy handler failed: ";
  if (member.power !== "on") {
    await world.clock.sleep(3000, signal);
    print(`proxy handler failed: ssh: connect to host ${member.address} port 22: No route to host\n${failed}`);
    return;
  }
  try {
    const task = startReload(world, member, "root@pam");
    await task.done;
    print(task.output);
  } catch (error) {
    print(`${proxied}${errorText(error)}\n${failed}`);
  }
}
