import { sign, verify } from "node:crypto";
import type { NodeState } from "../state/node.ts";
import type { World } from "../state/world.ts";

/** How long a ticket for a console is good, in seconds. */
const LIFETIME_SECONDS = 40;

/** A ticket for one user and one object (`/vms/100`): "PVEVNC:6B02CC9E::…". User and object are signed, not written. */
export function createVncTicket(world: World, node: NodeState, user: string, path: string): string {
  const plain = `PVEVNC:${world.clock.seconds().toString(16).toUpperCase().padStart(8, "0")}`;
  return `${plain}::${sign("sha1", secret(plain, user, path), node.database.ticketKey).toString("base64")}`;
}

/** Whether the ticket is this user's for this object, and of the last moments (real ones: clients are people). */
export function verifyVncTicket(world: World, node: NodeState, ticket: string, user: string, path: string): boolean {
  const [, plain = "", time = "", signature = ""] = /^(PVEVNC:([0-9A-F]{8}))::(.+)$/.exec(ticket) ?? [];
  const age = (world.clock.seconds() - Number.parseInt(time, 16)) / world.clock.scale;
  if (plain === "" || age > LIFETIME_SECONDS) return false;
  return verify("sha1", secret(plain, user, path), node.database.ticketKey, Buffer.from(signature, "base64"));
}

function secret(plain: string, user: string, path: string): Buffer {
  return Buffer.from(`${plain}:${user}:${path}`);
}
