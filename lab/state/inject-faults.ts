import { issueCertificate } from "../tls/certificate.ts";
import type { ApiFailure } from "./faults.ts";
import { formMembership, loseMembers } from "./membership.ts";
import { setProxy } from "./restart-proxy.ts";
import { nodeOf, type World } from "./world.ts";

/** Cuts a node's corosync link; the others notice after some seconds of lab time. */
export function cutLink(world: World, node: string, link: number): void {
  world.faults.cutLinks.add(`${nodeOf(world, node).name}:${link}`);
  loseMembers(world);
}

/** Mends a corosync link. */
export function restoreLink(world: World, node: string, link: number): void {
  if (world.faults.cutLinks.delete(`${node}:${link}`)) formMembership(world);
}

/** Ends every session that the node has given out so far: their next call is a 401. */
export function expireSessions(world: World, node: string): void {
  world.faults.sessionsEndedAt.set(nodeOf(world, node).name, world.clock.seconds());
}

/** Makes the next matching API call of a node fail, once. */
export function failApiOnce(world: World, node: string, failure: ApiFailure): void {
  const { name } = nodeOf(world, node);
  world.faults.apiFailsOnce.set(name, [...(world.faults.apiFailsOnce.get(name) ?? []), failure]);
}

/** Gives the node a certificate that ran out yesterday. */
export async function expireCertificate(world: World, node: string): Promise<void> {
  const state = nodeOf(world, node);
  const day = 86_400_000;
  const { name, dns, address, database } = state;
  const [from, to] = [world.clock.outside() - 700 * day, world.clock.outside() - day];
  state.certificate = await issueCertificate(database.authority, { node: name, domain: dns.search, address, from, to });
  world.events.emit({ type: "certificate", node: name });
  setProxy(world, state, "down");
  setProxy(world, state, "up");
}
