import type { InventoryNode } from "../model/inventory.ts";
import type { DoctorDoors } from "./doors.ts";
import { type Look, looked } from "./looked.ts";
import type { Observation, Subject } from "./observation.ts";

/** A path that Proxmox lets no token read: whoever asks for it logs in. */
const TICKET_ONLY = "/access/tfa";

/** Whether the account that stands beside a token is let in: the web interface, and some methods, take no token. */
export async function examineWebLogin(
  node: InventoryNode,
  doors: DoctorDoors,
  look: Look,
): Promise<readonly Observation[]> {
  const { pve, name } = node;
  if (pve?.token === undefined) return [];
  const seen = { subject: { type: "node", name } satisfies Subject, check: "web" } as const;
  if (pve.password === undefined) {
    const text = `pas de mot de passe à côté du jeton ${pve.token.id} : l’interface web, et quelques méthodes de l’API, n’en admettent aucun`;
    return [{ ...seen, status: "note", text }];
  }
  const headers = { accept: "application/json" };
  const entered = await looked(seen.subject, seen.check, look, async (signal) =>
    // Whether that account may read it is another matter: it was let in.
    doors.http.request(node, { method: "GET", url: TICKET_ONLY, headers, signal }),
  );
  if (entered.status === "failed") return [entered.observation];
  return [{ ...seen, status: "ok", text: `session de ${pve.user} ouverte` }];
}
