import { ProblemError } from "../../base/problem.ts";
import type { InventoryNode } from "../../model/inventory.ts";
import type { Guard } from "../guard.ts";
import { assertInForce } from "../in-force.ts";
import type { TlsPins } from "../port.ts";
import { certificateFingerprint, fetchCertificate, normalFingerprint, spkiSha256 } from "../tls-certificate.ts";

/**
 * The public key (SHA-256, base64) of the certificate that a node shows, after its fingerprint was compared with the pin by a
 * handshake of our own: Chromium can only be told keys. Throws TLS_PIN_MISMATCH and what the handshake throws.
 */
export async function trustedKey(
  node: InventoryNode,
  pins: TlsPins,
  guard: Guard,
  signal: AbortSignal,
): Promise<string> {
  const expected = normalFingerprint(await pins.expected(node, signal));
  const certificate = await fetchCertificate(node, guard, signal);
  const shown = normalFingerprint(certificateFingerprint(certificate));
  if (shown === expected) {
    assertInForce(node, certificate);
    return spkiSha256(certificate);
  }
  throw new ProblemError(
    "TLS_PIN_MISMATCH",
    `Le certificat de ${node.name} n’est pas celui qui est attendu : ${shown} au lieu de ${expected}.`,
    {
      scope: "environment",
      hint: "Si ce nœud a changé de certificat, vérifier la nouvelle empreinte sur sa console puis corriger l’inventaire.",
    },
  );
}
