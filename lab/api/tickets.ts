import { createHash, sign, timingSafeEqual, verify } from "node:crypto";
import type { NodeState } from "../state/node.ts";
import type { World } from "../state/world.ts";

/** A session as `POST access/ticket` gives it. */
export interface Session {
  /** "PVE:root@pam:6B02CC9E::…" */
  readonly ticket: string;
  /** "6B02CC9E:…" */
  readonly csrf: string;
}

const LIFETIME_SECONDS = 7200;

/** Signs a new session of that user with the node's present key. */
export function createSession(world: World, node: NodeState, user: string): Session {
  const time = hex(world.clock.seconds());
  return { ticket: signTicket(world, node, `PVE:${user}`), csrf: csrfToken(node, user, time) };
}

/** These words with the time and a signature of the node's present key. */
export function signTicket(world: World, node: NodeState, words: string): string {
  const plain = `${words}:${hex(world.clock.seconds())}`;
  return `${plain}::${sign("sha1", Buffer.from(plain), node.database.ticketKey).toString("base64")}`;
}

/** What was signed by `signTicket`, and how many real seconds ago; undefined when it was not. */
export function verifySigned(
  world: World,
  node: NodeState,
  ticket: string,
): { readonly plain: string; readonly age: number } | undefined {
  const [, words = "", time = "", signature = ""] = /^(.+):([0-9A-F]{8})::(.+)$/.exec(ticket) ?? [];
  const signed = Buffer.from(`${words}:${time}`);
  if (!verify("sha1", signed, node.database.ticketKey, Buffer.from(signature, "base64"))) return undefined;
  return { plain: words, age: (world.clock.seconds() - Number.parseInt(time, 16)) / world.clock.scale };
}

/** Whose ticket it is; undefined for a forged, outdated or ended one. */
export function verifyTicket(world: World, node: NodeState, ticket: string): string | undefined {
  const match = /^(PVE:([^:]+@[^:]+):([0-9A-F]{8}))::(.+)$/.exec(ticket);
  if (!match) return undefined;
  const [, plain = "", user = "", time = "", signature = ""] = match;
  const issued = Number.parseInt(time, 16);
  // People and browsers renew in real time, so a ticket lives two real hours however fast the lab's clock runs.
  if ((world.clock.seconds() - issued) / world.clock.scale > LIFETIME_SECONDS) return undefined;
  const endedAt = world.faults.sessionsEndedAt.get(node.name);
  if (endedAt !== undefined && issued <= endedAt) return undefined;
  const signed = (key: NodeState["database"]["ticketKey"]) =>
    verify("sha1", Buffer.from(plain), key, Buffer.from(signature, "base64"));
  if (signed(node.database.ticketKey)) return user;
  return node.formerTicketKey && answeredByOldWorker(node) && signed(node.formerTicketKey) ? user : undefined;
}

/** Whether a CSRF token belongs to that user and this cluster. */
export function verifyCsrf(node: NodeState, user: string, token: string): boolean {
  const [time = ""] = token.split(":");
  const expected = Buffer.from(csrfToken(node, user, time));
  const given = Buffer.from(token);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** During a join, three worker processes share the port: one has the new key already, and requests meet them in turn. */
function answeredByOldWorker(node: NodeState): boolean {
  node.nextPid += 1;
  return node.nextPid % 3 !== 0;
}

function csrfToken(node: NodeState, user: string, time: string): string {
  const digest = createHash("sha256").update(`${time}:${user}`).update(node.database.csrfKey).digest("base64");
  return `${time}:${digest.replace(/=+$/, "")}`;
}

function hex(value: number): string {
  return value.toString(16).toUpperCase().padStart(8, "0");
}
