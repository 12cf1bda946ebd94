import { readFile } from "node:fs/promises";
import { exhaustive } from "../base/exhaustive.ts";
import { oneOf } from "../base/one-of.ts";
import { ProblemError } from "../base/problem.ts";
import type { Endpoint, InventoryNode, SshAccess } from "../model/inventory.ts";
import { judgeHostKey, type KnownHost, keyFingerprint, knownKeyTypes, parseKnownHosts } from "./known-hosts.ts";
import type { OperatorHost } from "./operator-host.ts";

/** Decides on the key a node shows: undefined when it is the right one, else the ProblemError to stop with. */
export interface HostKeyCheck {
  judge(key: Buffer): ProblemError | undefined;
  /** Signature algorithms to ask for first, because their keys can be compared. */
  readonly preferred: readonly string[];
}

/** The check for a node: the inventory's pinned keys, else the operator's and the system's known_hosts. */
export async function hostKeyCheck(node: InventoryNode, ssh: SshAccess, host: OperatorHost): Promise<HostKeyCheck> {
  if (ssh.hostKeys.length > 0) return { judge: (key) => judgePinned(node, ssh.hostKeys, key), preferred: [] };
  const files = [`${host.home}/.ssh/known_hosts`, `${host.home}/.ssh/known_hosts2`, "/etc/ssh/ssh_known_hosts"];
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8").catch(() => "")));
  const lines = texts.flatMap(parseKnownHosts);
  const types = knownKeyTypes(lines, ssh.endpoint.host, ssh.endpoint.port);
  return {
    judge: (key) => judgeKnown(node, ssh.endpoint, lines, key),
    preferred: types.flatMap((type) => (type === "ssh-rsa" ? ["rsa-sha2-512", "rsa-sha2-256"] : [type])),
  };
}

function judgePinned(node: InventoryNode, pins: readonly string[], key: Buffer): ProblemError | undefined {
  const shown = keyFingerprint(key);
  if (pins.some((pin) => pin.replace(/=+$/, "") === shown)) return undefined;
  return changed(node, pins, shown, "l’inventaire (`host-key` de ce nœud)");
}

function judgeKnown(
  node: InventoryNode,
  { host, port }: Endpoint,
  lines: readonly KnownHost[],
  key: Buffer,
): ProblemError | undefined {
  const verdict = judgeHostKey(lines, host, port, key);
  const shown = keyFingerprint(key);
  switch (verdict.status) {
    case "known":
      return undefined;
    case "changed":
      return changed(node, verdict.expected, shown, "~/.ssh/known_hosts");
    case "revoked":
      return new ProblemError("SSH_HOST_KEY_REVOKED", `La clé d’hôte de ${node.name} est révoquée : ${shown}.`, {
        scope: "environment",
        hint: "Cette clé est marquée @revoked dans known_hosts : n’employez pas cette machine avant d’avoir su pourquoi.",
      });
    case "certificate":
      return new ProblemError(
        "SSH_HOST_CERTIFICATE_UNSUPPORTED",
        `La clé d’hôte de ${node.name} n’est connue que par une autorité (@cert-authority), ce que Constat ne vérifie pas : ${shown}.`,
        {
          scope: "environment",
          hint: `Ajoutez « ${shown} » aux clés d’hôte (host-key) de ${node.name} dans l’inventaire, après l’avoir vérifiée.`,
        },
      );
    case "unknown":
      return new ProblemError(
        "SSH_HOST_KEY_UNKNOWN",
        `Clé d’hôte inconnue pour ${node.name} (${host}:${port}) : ${shown}.`,
        {
          scope: "environment",
          hint: `Comparez-la sur la machine (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), puis ajoutez « ${shown} » aux clés d’hôte (host-key) de ce nœud dans l’inventaire.`,
        },
      );
    default:
      return exhaustive(verdict);
  }
}

function changed(node: InventoryNode, expected: readonly string[], shown: string, where: string): ProblemError {
  return new ProblemError(
    "SSH_HOST_KEY_CHANGED",
    `La clé d’hôte de ${node.name} n’est pas celle attendue : attendu ${oneOf(expected)}, montré ${shown}. Rien ne lui a été envoyé.`,
    {
      scope: "environment",
      hint: `Si la machine a été réinstallée, corrigez ${where} ; sinon, quelqu’un d’autre répond à cette adresse.`,
    },
  );
}
