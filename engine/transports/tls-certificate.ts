import { createHash, X509Certificate } from "node:crypto";
import { connect, type TLSSocket } from "node:tls";
import { ProblemError } from "../base/problem.ts";
import type { InventoryNode } from "../model/inventory.ts";
import type { Guard } from "./guard.ts";
import { networkReason } from "./network-reason.ts";
import { openSocket } from "./open-socket.ts";

const HANDSHAKE_DEADLINE_MS = 20_000;

/** SHA-256 of a certificate (PEM or DER) as Proxmox prints it: `AB:CD:…`, 32 pairs. Of a PEM chain, the first one's. */
export function certificateFingerprint(certificate: Uint8Array | string): string {
  return new X509Certificate(certificate).fingerprint256;
}

/** SHA-256 of a certificate's public key (SubjectPublicKeyInfo) in base64: what Chromium's list of accepted keys wants. */
export function spkiSha256(certificate: Uint8Array | string): string {
  const key = new X509Certificate(certificate).publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(key).digest("base64");
}

/** The same fingerprint however it was written: upper case, colons, no `SHA256:` before it. */
export function normalFingerprint(fingerprint: string): string {
  const digits = fingerprint.replace(/^sha-?256[:=\s]/i, "").replace(/[^0-9a-f]/gi, "");
  return (digits.toUpperCase().match(/../g) ?? []).join(":");
}

/**
 * The certificate (DER) that a node's web service, or its controller's, shows now, whatever it is worth: compare it with a pin before trusting anything
 * it says. Throws ProblemError HTTP_UNREACHABLE, HTTP_TIMEOUT, TLS_HANDSHAKE_FAILED, TLS_NO_ENDPOINT or GUARD_REFUSED.
 */
export async function fetchCertificate(
  node: InventoryNode,
  guard: Guard,
  signal: AbortSignal,
  whose: "pve" | "bmc" = "pve",
): Promise<Buffer> {
  const access = node[whose];
  if (access === undefined) {
    throw new ProblemError("TLS_NO_ENDPOINT", `Le nœud ${node.name} n’a pas d’accès \`${whose}\` dans l’inventaire.`, {
      scope: "author",
      hint: `Ajoutez-lui un accès \`${whose}\`, ou faites viser un autre nœud par ce bloc.`,
    });
  }
  const socket = await openSocket(
    guard,
    "HTTP",
    { use: whose === "pve" ? "API" : "contrôleur de gestion", node: node.name },
    access.connect ?? access.endpoint,
    signal,
  );
  const secure = connect({ socket, servername: serverName(access.endpoint.host), rejectUnauthorized: false });
  try {
    return await shown(secure, AbortSignal.any([signal, AbortSignal.timeout(HANDSHAKE_DEADLINE_MS)]));
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw new ProblemError(
      "TLS_HANDSHAKE_FAILED",
      `${node.name} ne montre pas de certificat TLS (${access.endpoint.host}:${access.endpoint.port}) : ${networkReason(error)}.`,
      {
        scope: "environment",
        hint: "Vérifiez que ce service fonctionne (pveproxy sur un nœud) et que le port est le bon.",
        cause: error,
      },
    );
  } finally {
    secure.destroy();
    socket.destroy();
  }
}

/** The SNI name for a host: none for an address, as the standard wants it. */
export function serverName(host: string): string {
  return /^[\d.]+$|:/.test(host) ? "" : host;
}

function shown(secure: TLSSocket, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    secure.once("error", reject);
    secure.once("secureConnect", () => {
      const raw = secure.getPeerX509Certificate()?.raw;
      if (raw === undefined) reject(new Error("no certificate was shown"));
      else resolve(raw);
    });
  });
}
