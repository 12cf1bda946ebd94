import type { Clock } from "../base/clock.ts";
import { ProblemError } from "../base/problem.ts";
import type { InventoryNode } from "../model/inventory.ts";
import type { ShellTransport, TlsPins } from "./port.ts";
import { certificateFingerprint, normalFingerprint } from "./tls-certificate.ts";

/** The certificates pveproxy may show, in its order: the site's own wins over the cluster's. */
const FILES = ["/etc/pve/local/pveproxy-ssl.pem", "/etc/pve/local/pve-ssl.pem"] as const;
const RENEWAL_MS = 30_000;
const PAUSE_MS = 1_000;

/** Pins with a memory that outlives the process: what a journal noted may be put back on resume. */
export interface TlsPinStore extends TlsPins {
  /** From now on this node must show this certificate. */
  remember(node: InventoryNode, fingerprint: string): void;
  /**
   * In the middle of a step that renews the certificate: what the node has on its disk now, read over ssh, holds from here on; `renew` still
   * tells what was before. False when nothing has changed there.
   */
  adopt(node: InventoryNode, signal: AbortSignal): Promise<boolean>;
  /** The fingerprint of the node's own certificate file, read over ssh; undefined when there is no such file. */
  ownFile(node: InventoryNode, signal: AbortSignal): Promise<string | undefined>;
}

export interface TlsPinOptions {
  readonly shell: Pick<ShellTransport, "readFile">;
  readonly clock: Clock;
}

/**
 * The pin renewed in this run, else the inventory's, else the one of the node's own file read over the pinned ssh. Throws ProblemError
 * TLS_PIN_UNKNOWN when none can be had; SSH_… when the node cannot be reached.
 */
export function createTlsPins({ shell, clock }: TlsPinOptions): TlsPinStore {
  const kept = new Map<string, string>();
  const former = new Map<string, string>();
  const pinned = (node: InventoryNode): string | undefined => {
    const pin = kept.get(node.name) ?? node.pve?.fingerprint;
    return pin === undefined ? undefined : normalFingerprint(pin);
  };
  const expected = async (node: InventoryNode, signal: AbortSignal): Promise<string> => {
    const pin = pinned(node);
    if (pin !== undefined) return pin;
    const read = await ownFingerprint(shell, node, signal);
    if (read === undefined) throw unknownPin(node, "son certificat n’a pas été trouvé dans /etc/pve/local");
    kept.set(node.name, read);
    return read;
  };
  return {
    expected,
    renew: async (node, signal) => {
      // Nothing pinned so far means nothing to differ from: what the node has now is taken at once.
      const before = former.get(node.name) ?? pinned(node);
      former.delete(node.name);
      const until = clock.monotonic() + RENEWAL_MS;
      for (;;) {
        // During a join /etc/pve is away for some seconds: an absent file is asked for again.
        const read = await ownFingerprint(shell, node, signal);
        if (read !== undefined && (read !== before || clock.monotonic() >= until)) {
          kept.set(node.name, read);
          return { before: before ?? read, after: read };
        }
        if (clock.monotonic() >= until) throw unknownPin(node, "son certificat n’est pas revenu dans /etc/pve/local");
        await clock.sleep(PAUSE_MS, signal);
      }
    },
    adopt: async (node, signal) => {
      const before = pinned(node);
      const own = await ownFingerprint(shell, node, signal);
      if (own === undefined || before === undefined || own === before) return false;
      if (!former.has(node.name)) former.set(node.name, before);
      kept.set(node.name, own);
      return true;
    },
    ownFile: async (node, signal) => await ownFingerprint(shell, node, signal),
    remember: (node, fingerprint) => {
      kept.set(node.name, normalFingerprint(fingerprint));
    },
  };
}

async function ownFingerprint(
  shell: Pick<ShellTransport, "readFile">,
  node: InventoryNode,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (node.ssh === undefined)
    throw unknownPin(node, "l’inventaire ne donne ni `fingerprint` ni accès ssh pour la lire");
  for (const file of FILES) {
    const pem = await shell.readFile({ type: "node", node }, file, signal);
    // A file that is being written is no certificate yet.
    if (pem?.includes("-----END CERTIFICATE-----") === true) return certificateFingerprint(pem);
  }
  return undefined;
}

function unknownPin(node: InventoryNode, why: string): ProblemError {
  return new ProblemError("TLS_PIN_UNKNOWN", `L’empreinte TLS de ${node.name} est inconnue : ${why}.`, {
    scope: "environment",
    hint: "Donnez `fingerprint` à l’accès `pve` de ce nœud (pvenode cert info, ou openssl x509 -noout -fingerprint -sha256 -in /etc/pve/local/pve-ssl.pem).",
  });
}
