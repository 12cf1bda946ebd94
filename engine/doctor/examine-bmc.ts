import { X509Certificate } from "node:crypto";
import type { InventoryNode } from "../model/inventory.ts";
import type { HttpAnswer } from "../transports/port.ts";
import type { DoctorDoors } from "./doors.ts";
import { type Look, looked } from "./looked.ts";
import type { Observation, Subject } from "./observation.ts";

/** Accounts that chapter 1 makes, or that are meant to be refused at its beginning: their refusal is no obstacle. */
const REFUSED: ReadonlySet<string> = new Set(["BMC_AUTH_FAILED", "BMC_LOGIN_FAILED"]);

/** Reaches a node's management controller and logs in; the session is given back at the end. Nothing when the node has none. */
export async function examineBmc(node: InventoryNode, doors: DoctorDoors, look: Look): Promise<readonly Observation[]> {
  const { bmc } = node;
  if (bmc === undefined) return [];
  const subject: Subject = { type: "node", name: node.name };
  const seen = { subject, check: "bmc" } as const;
  const get = async (url: string, signal: AbortSignal): Promise<HttpAnswer> =>
    await doors.http.request(node, { method: "GET", url: `bmc:${url}`, headers: {}, signal });

  const root = await looked(subject, "bmc", look, async (signal) => await get("/redfish/v1/", signal));
  if (root.status === "failed") return [root.observation];
  if (root.value.status !== 200) {
    const text =
      `le contrôleur répond HTTP ${root.value.status} ${doors.redact(root.value.reason)} à /redfish/v1/`.trimEnd();
    const remedy = "Vérifiez que cette adresse est celle du contrôleur, et que Redfish y est activé.";
    return [{ ...seen, status: "error", code: "BMC_NO_REDFISH", text, remedy }];
  }
  if (bmc.login === undefined)
    return [{ ...seen, status: "note", text: "Redfish répond ; l’inventaire n’y donne aucun compte" }];
  const managers = await looked(subject, "bmc", look, async (signal) => await get("/redfish/v1/Managers/", signal));
  if (managers.status === "failed") {
    if (!REFUSED.has(managers.code) || managers.observation.status !== "error") return [managers.observation];
    const remedy = `Le chapitre 1 crée ce compte ; s’il est déjà joué, vérifiez « user » et le secret « ${bmc.login.password} ».`;
    return [{ ...managers.observation, status: "warning", remedy }];
  }
  const user = bmc.login.user;
  if (managers.value.status === 200)
    return [{ ...seen, status: "ok", text: `session de ${user} ouverte` }, ...(await pin(node, doors, look))];
  const text = `${user} n’a pas le droit de lire les gestionnaires : HTTP ${managers.value.status}`;
  const remedy = "Donnez à ce compte le rôle d’administrateur du contrôleur.";
  return [{ ...seen, status: "warning", code: "BMC_PRIVILEGES", text, remedy }];
}

/** Without a pin, whoever answers first is believed for a whole run: the fingerprint to write is shown. */
async function pin(node: InventoryNode, doors: DoctorDoors, look: Look): Promise<readonly Observation[]> {
  if (node.bmc?.fingerprint !== undefined) return [];
  const subject: Subject = { type: "node", name: node.name };
  const shown = await looked(subject, "bmc", look, async (signal) => await doors.certificate(node, "bmc", signal));
  if (shown.status === "failed") return [];
  const { fingerprint256 } = new X509Certificate(shown.value);
  const text = `certificat non épinglé ; une fois comparé, écrivez « bmc: { fingerprint: "${fingerprint256}" } » (il change à la remise à zéro)`;
  return [{ subject, check: "bmc", status: "note", text }];
}
