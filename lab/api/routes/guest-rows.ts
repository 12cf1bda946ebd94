import {
  bootDiskSize,
  type Guest,
  guestCores,
  guestMemory,
  guestMemoryUsed,
  guestName,
  isTemplate,
} from "../../state/guest.ts";
import type { NodeState } from "../../state/node.ts";
import type { World } from "../../state/world.ts";

/** How long the members go on showing what a dead node last told, lab milliseconds. */
const LAST_WORD_MS = 300_000;

/** What a guest uses now: the figures that every list of guests shows. */
export function guestFigures(world: World, guest: Guest) {
  const running = guest.status === "running";
  const used = guestMemoryUsed(guest);
  const uptime = running && guest.startedAt !== undefined ? world.clock.uptime(guest.startedAt) : 0;
  return {
    vmid: guest.vmid,
    name: guestName(guest),
    status: guest.status,
    cpu: running ? 0.008 + 0.014 * wave(world, guest) : 0,
    mem: used,
    maxmem: guestMemory(guest),
    disk: 0,
    maxdisk: bootDiskSize(guest),
    ...traffic(uptime),
    diskread: uptime * 21_000,
    diskwrite: uptime * 8400,
    uptime,
    // Memory seen by the host is a figure of version 9.
    ...(world.dialect === "9" ? { memhost: running ? Math.round(used * 1.12) : 0 } : {}),
  };
}

/** Bytes that went through its cards since its start. */
export function traffic(uptime: number) {
  return { netin: uptime * 1900, netout: uptime * 1200 };
}

/** A guest as `/cluster/resources` lists it: a dead node's guests stay as they were for five minutes, then nobody knows. */
export function guestRow(world: World, node: NodeState, guest: Guest) {
  const head = { id: `${guest.type}/${guest.vmid}`, type: guest.type, node: node.name };
  const hastate = world.guestManager?.stateOf(node, guest.vmid);
  const tail = {
    ...{ maxcpu: guestCores(guest), template: isTemplate(guest) ? 1 : 0 },
    ...(hastate === undefined ? {} : { hastate }),
    ...(guest.config.has("tags") ? { tags: guest.config.get("tags") } : {}),
    ...(guest.lock === undefined ? {} : { lock: guest.lock }),
  };
  if (guest.lostAt === undefined) return { ...head, ...guestFigures(world, guest), ...tail };
  if (world.clock.now() - guest.lostAt > LAST_WORD_MS) {
    return { ...head, vmid: guest.vmid, name: guestName(guest), status: "unknown", template: tail.template };
  }
  const uptime = Math.floor((guest.lostAt - (guest.startedAt ?? guest.lostAt)) / 1000);
  return { ...head, ...guestFigures(world, guest), ...traffic(uptime), status: "running", uptime, ...tail };
}

function wave(world: World, { vmid }: Guest): number {
  return (Math.sin(world.clock.now() / 31_000 + vmid) + 1) / 2;
}
