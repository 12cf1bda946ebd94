import { X509Certificate } from "node:crypto";
import type { Observation, Subject } from "./observation.ts";

const SOON_MS = 30 * 24 * 60 * 60 * 1_000;

/** How long a certificate (DER) is still good. Its identity is the transports' to check, by its pin; `how` says where that comes from. */
export function judgeCertificate(subject: Subject, certificate: Uint8Array, now: Date, how: string): Observation {
  const { validFromDate, validToDate } = new X509Certificate(certificate);
  const seen = { subject, check: "certificate" } as const;
  const remedy = "Sur ce nœud : « pvecm updatecerts --force », puis « systemctl restart pveproxy ».";
  if (validToDate < now)
    return { ...seen, status: "error", code: "TLS_EXPIRED", text: `a expiré le ${day(validToDate)}`, remedy };
  if (validFromDate > now) {
    const text = `n’est valable qu’à partir du ${day(validFromDate)}`;
    return { ...seen, status: "error", code: "TLS_NOT_YET_VALID", text, remedy };
  }
  if (validToDate.getTime() - now.getTime() < SOON_MS)
    return { ...seen, status: "warning", code: "TLS_EXPIRES_SOON", text: `expire le ${day(validToDate)}`, remedy };
  return { ...seen, status: "ok", text: `${how}, jusqu’au ${day(validToDate)}` };
}

function day(date: Date): string {
  return date.toLocaleDateString("fr-FR", { timeZone: "UTC" });
}
