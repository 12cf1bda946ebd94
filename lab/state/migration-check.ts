import type { Guest } from "./guest.ts";
import { type Disk, disksOf } from "./guest-disks.ts";
import { fellowNodes } from "./guest-place.ts";
import type { NodeState } from "./node.ts";
import { PveError, parameterError } from "./pve-error.ts";
import { assertQuorum } from "./quorum.ts";
import { isOn } from "./volumes.ts";
import type { World } from "./world.ts";

/** How a machine is to be moved. */
export interface MigrationRequest {
  readonly target: string;
  readonly online: boolean;
  readonly withLocalDisks: boolean;
  /** The fastest that its memory may be copied. */
  readonly bytesPerSecond?: number;
}

/** Throws at once what the call answers before it starts a task; gives the target. */
export function checkMigration(world: World, node: NodeState, guest: Guest, request: MigrationRequest): NodeState {
  const { target, online } = request;
  if (target === node.name) throw parameterError({ target: "target is local node." });
  assertQuorum(node);
  const member = node.database.corosync?.nodes.some((entry) => entry.name === target) ?? false;
  const found = member ? world.nodes.get(target) : undefined;
  if (!found) throw new PveError(`no such cluster node '${target}'`);
  if (guest.lock !== undefined) throw new PveError(`VM is locked (${guest.lock})`);
  if (guest.status === "running" && !online) throw new PveError("can't migrate running VM without --online");
  return found;
}

/** The disks that do not lie on a shared storage. */
export function localDisks(node: NodeState, guest: Guest): Disk[] {
  return disksOf(guest.config).filter(({ storage }) => {
    const definition = node.database.storages.find(({ id }) => id === storage);
    return definition !== undefined && !definition.shared;
  });
}

/** Storages of a guest that a node does not have. */
export function missingStorages(target: NodeState, guest: Guest): string[] {
  const wanted = new Set(disksOf(guest.config).flatMap(({ storage }) => storage ?? []));
  return [...wanted].filter((id) => {
    const storage = target.database.storages.find((known) => known.id === id);
    return !storage || !isOn(target, storage);
  });
}

/** What GET …/migrate answers: where the machine may go, and what keeps it. */
export function migrationPreconditions(world: World, node: NodeState, guest: Guest) {
  const others = fellowNodes(world, node).filter(
    (other) => other !== node && node.corosync.members.includes(other.name),
  );
  const missing = new Map(others.map((other) => [other.name, missingStorages(other, guest)]));
  const refused = others.map(({ name }) => {
    const storages = missing.get(name) ?? [];
    return [name, storages.length === 0 ? {} : { unavailable_storages: storages }] as const;
  });
  return {
    running: guest.status === "running" ? 1 : 0,
    allowed_nodes: others.map(({ name }) => name).filter((name) => missing.get(name)?.length === 0),
    not_allowed_nodes: Object.fromEntries(refused),
    local_disks: localDisks(node, guest).map(({ key, volid, size, cdrom }) => ({
      ...{ volid, size, drivename: key, cdrom: cdrom ? 1 : 0, shared: 0, is_attached: 1, is_unused: 0 },
    })),
    local_resources: [],
    "mapped-resources": [],
    "mapped-resource-info": {},
    ...(world.dialect === "9" ? { "has-dbus-vmstate": 1 } : {}),
  };
}
