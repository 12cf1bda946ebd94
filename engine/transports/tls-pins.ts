import type { Clock } from "../base/clock.ts";
import { ProblemError } from "../base/problem.ts";
import type { InventoryNode } from "../model/inventory.ts";
import type { ShellTransport, TlsPins } from "./port.ts";
import { certificateFingerprint, normalFingerprint } from "./tls-certificate.ts";

/** A custom certificate wins over the one that Proxmox makes, as it does in pveproxy. */
const CERTIFICATES = ["/etc/pve/local/pveproxy-ssl.pem", "/etc/pve/local/pve-ssl.pem"] as const;

/** A joining node writes its new certificate within seconds; a loaded one takes longer. */
const RENEWAL_LIMIT_MS = 60_000;
const ASK_AGAIN_MS = 1_000;

/**
 * The certificates that nodes must show: the inventory's pin, else the one read over ssh, whose host key is pinned itself. A renewal in
 * this run replaces it. Throws ProblemError TLS_PIN_UNKNOWN or TLS_NOT_RENEWED; SSH_… as the shell does.
 */
export function createTlsPins(shell: ShellTransport, clock: Clock): TlsPins {
  const known = new Map<string, string>();

  const expected = async (node: InventoryNode, signal: AbortSignal): Promise<string> => {
    const kept = known.get(node.name);
    if (kept !== undefined) return kept;
    const pinned = node.pve?.fingerprint;
    const pin = pinned === undefined ? await readOverSsh(node, shell, signal) : normalFingerprint(pinned);
    if (pin === undefined) throw unknownPin(node);
    known.set(node.name, pin);
    return pin;
  };

  const renew = async (node: InventoryNode, signal: AbortSignal) => {
    const before = await expected(node, signal);
    const end = clock.monotonic() + RENEWAL_LIMIT_MS;
    for (;;) {
      const after = await readOverSsh(node, shell, signal);
      if (after !== undefined && after !== before) {
        known.set(node.name, after);
        return { before, after };
      }
      if (clock.monotonic() >= end) throw notRenewed(node, before);
      await clock.sleep(ASK_AGAIN_MS, signal);
    }
  };

  return { expected, renew };
}

async function readOverSsh(
  node: InventoryNode,
  shell: ShellTransport,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (node.ssh === undefined) return undefined;
  for (const path of CERTIFICATES) {
    const pem = await shell.readFile({ type: "node", node }, path, signal);
    if (pem === undefined || pem.length === 0) continue;
    try {
      return certificateFingerprint(pem);
    } catch {
      // A certificate that is just being written is none yet.
    }
  }
  return undefined;
}

function unknownPin(node: InventoryNode): ProblemError {
  return new ProblemError("TLS_PIN_UNKNOWN", `On ne sait pas quel certificat ${node.name} doit montrer.`, {
    scope: "environment",
    hint: "Donnez son empreinte SHA-256 (`pve: { fingerprint: … }`), ou un accès ssh par lequel la lire dans /etc/pve/local/pve-ssl.pem.",
  });
}

function notRenewed(node: InventoryNode, before: string): ProblemError {
  return new ProblemError("TLS_NOT_RENEWED", `${node.name} n’a pas de nouveau certificat : c’est toujours ${before}.`, {
    scope: "environment",
    hint: "La jonction n’a pas été jusqu’au bout : « pvecm updatecerts -f » puis un redémarrage de pveproxy le réparent.",
  });
}
