import type { IncomingHttpHeaders } from "node:http";
import type { NodeState } from "../state/node.ts";
import type { World } from "../state/world.ts";
import { verifyCsrf, verifyTicket } from "./tickets.ts";

/** Who asks, or the reason of a 401. */
export type Authentication = { readonly user: string } | { readonly refused: string };

/** Judges a request by its cookie, and by its CSRF header when it changes something. */
export function authenticate(
  world: World,
  node: NodeState,
  method: string,
  headers: IncomingHttpHeaders,
): Authentication {
  // The lab has no API tokens, so every one is unknown.
  if (headers.authorization?.startsWith("PVEAPIToken")) return { refused: "Authentication failed!" };
  const ticket = ticketCookie(headers.cookie);
  if (ticket === undefined) return { refused: "No ticket" };
  const user = verifyTicket(world, node, ticket);
  if (user === undefined) return { refused: "Authentication failed!" };
  const token = headers["csrfpreventiontoken"];
  if (method !== "GET" && method !== "HEAD" && !verifyCsrf(node, user, String(token ?? ""))) {
    return { refused: "Permission denied - invalid csrf token" };
  }
  return { user };
}

/** The ticket in a Cookie header, decoded; undefined without one. */
export function ticketCookie(header: string | undefined): string | undefined {
  const value = /(?:^|;\s*)PVEAuthCookie=([^;]*)/.exec(header ?? "")?.[1];
  if (!value) return undefined;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
