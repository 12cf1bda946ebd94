import { ProblemError } from "../base/problem.ts";
import type { InventoryNode, PveAccess, PveToken } from "../model/inventory.ts";
import { tokenRefusal } from "../model/pve-token.ts";
import { parseUpid } from "../model/upid.ts";
import type { HttpAnswer } from "./port.ts";
import type { PveTicket, PveTickets } from "./pve-ticket.ts";
import type { Secrets } from "./secrets.ts";

/** What lets a request in: a token, or a session's ticket. Secret: never stored, never printed. */
export type PveSession =
  | { readonly by: "token"; readonly authorization: string }
  | { readonly by: "ticket"; readonly ticket: PveTicket };

type PveNode = InventoryNode & { readonly pve: PveAccess };

/**
 * The node's token where it has one and the method takes it, else a ticket. Throws ProblemError PVE_TOKEN_REFUSED, which names the method,
 * when it takes no token and the inventory gives no password; PVE_…, SECRET_… as logins do.
 */
export async function sessionFor(
  node: PveNode,
  request: { readonly method: string; readonly path: string; readonly signal: AbortSignal },
  tickets: PveTickets,
  secrets: Pick<Secrets, "value">,
): Promise<PveSession> {
  const { token, password } = node.pve;
  const refusal = tokenRefusal(request.method.toUpperCase(), request.path);
  if (token === undefined || (refusal !== undefined && password !== undefined)) {
    return { by: "ticket", ticket: await tickets.get(node, request.signal) };
  }
  if (refusal !== undefined) throw refused(node, token, request, refusal);
  const value = await secrets.value(token.secret, request.signal);
  return { by: "token", authorization: `PVEAPIToken=${token.id}=${value}` };
}

/**
 * True when a token was refused for being one, or asked about a task that the same node's account began, and a ticket of that account would
 * not be. Nothing was done then.
 */
export function wantsTicket(
  { pve }: PveNode,
  path: string,
  session: PveSession,
  { status, reason, body }: HttpAnswer,
): boolean {
  if (session.by !== "token" || pve.password === undefined || status !== 403) return false;
  const [, task = ""] = /\/tasks\/([^/?]+)\/(?:status|log)(?:\?|$)/.exec(path) ?? [];
  if (parseUpid(task.replace(/%3A/gi, ":").replace("%40", "@"))?.user === pve.user) return true;
  const words = `${reason} ${body.toString("utf8")}`;
  if (/proper ticket|not available with API token/i.test(words)) return true;
  return /user != root@pam/.test(words) && pve.user === "root@pam";
}

function refused(
  node: PveNode,
  token: PveToken,
  { method, path }: { readonly method: string; readonly path: string },
  why: "ticket" | "root",
): ProblemError {
  const reason =
    why === "root"
      ? "Proxmox la réserve à root@pam, et un jeton n’est pas root@pam, même quand il est le sien"
      : "Proxmox n’y admet aucun jeton";
  return new ProblemError(
    "PVE_TOKEN_REFUSED",
    `${node.name} : « ${method.toUpperCase()} ${path} » ne se demande pas avec le jeton ${token.id} : ${reason}.`,
    {
      scope: "author",
      hint: "Donnez aussi à l’accès `pve` de ce nœud un `user` et un `password` : Constat les emploie là où un jeton est refusé, et pour l’interface web.",
    },
  );
}
