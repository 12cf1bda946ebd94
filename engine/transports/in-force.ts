import { X509Certificate } from "node:crypto";
import { ProblemError } from "../base/problem.ts";
import type { InventoryNode } from "../model/inventory.ts";

/** Refuses a node's certificate outside its dates, even when it is the pinned one: throws ProblemError TLS_EXPIRED or TLS_NOT_YET_VALID. */
export function assertInForce(node: InventoryNode, certificate: Uint8Array | string, now = new Date()): void {
  const { validFromDate, validToDate } = new X509Certificate(certificate);
  const hint = `Sur ${node.name} : vérifiez la date (timedatectl), puis renouvelez par « pvecm updatecerts --force » et « systemctl restart pveproxy ».`;
  const problem = (code: string, text: string): ProblemError =>
    new ProblemError(code, text, { scope: "environment", hint });
  if (validToDate < now)
    throw problem(
      "TLS_EXPIRED",
      `Le certificat de ${node.name} a expiré le ${day(validToDate)}. Rien ne lui a été envoyé.`,
    );
  if (validFromDate > now) {
    const text = `Le certificat de ${node.name} n’est valable qu’à partir du ${day(validFromDate)}. Rien ne lui a été envoyé.`;
    throw problem("TLS_NOT_YET_VALID", text);
  }
}

function day(date: Date): string {
  return date.toLocaleDateString("fr-FR", { timeZone: "UTC" });
}
