import { readFile } from "node:fs/promises";
import { exhaustive } from "../base/exhaustive.ts";
import { oneOf } from "../base/one-of.ts";
import { ProblemError } from "../base/problem.ts";
import {
  authoritiesOf,
  judgeHostKey,
  type KnownHost,
  keyFingerprint,
  knownKeyTypes,
  parseKnownHosts,
} from "./known-hosts.ts";
import type { SshStop } from "./ssh-stop.ts";
import { stopSubject, stopText } from "./ssh-where.ts";
import { SshReader } from "./ssh-wire.ts";

/** What becomes of a key that a server shows. `ask`: nobody knows it, and a person may accept it. */
export type HostKeyJudgement =
  | { readonly status: "accepted" }
  | { readonly status: "refused" | "ask"; readonly problem: ProblemError };

/** Decides on the keys of one server. */
export interface HostKeyCheck {
  judge(key: Buffer): HostKeyJudgement;
  /** Signature algorithms to ask for first, because their keys can be compared. */
  preferred(): readonly string[];
  /** Keys (wire form) whose certificates are believed for this server; none: do not ask for one. */
  readonly authorities: readonly Buffer[];
  /** The server's certificate, or its absence, is why its key is not known: said with the refusal. */
  doubt(reason: string): void;
  /** From now on this key, which a certificate or a person vouches for, is the right one too, unless it is revoked. */
  vouch(key: Buffer): void;
}

/** The check for a server: the inventory's pinned keys, else the operator's and the system's known_hosts. */
export async function hostKeyCheck(stop: SshStop): Promise<HostKeyCheck> {
  const { pins } = stop;
  if (pins.length > 0)
    return {
      judge: (key) => judgePinned(stop, pins, key),
      preferred: () => [],
      authorities: [],
      doubt: () => {},
      vouch: () => {},
    };
  const { name, own, global } = stop.known;
  const texts = await Promise.all([...own, ...global].map((file) => readFile(file, "utf8").catch(() => "")));
  const lines = texts.flatMap(parseKnownHosts);
  const vouched: Buffer[] = [];
  let doubt: string | undefined;
  const types = knownKeyTypes(lines, name.host, name.port);
  return {
    judge: (key) => judgeKnown(stop, lines, vouched, doubt, key),
    preferred: () => [...vouched.map(typeOf), ...types].flatMap(algorithms),
    authorities: authoritiesOf(lines, name.host, name.port),
    doubt: (reason) => {
      doubt = reason;
    },
    vouch: (key) => void vouched.push(key),
  };
}

function typeOf(key: Buffer): string {
  return new SshReader(key).text();
}

function algorithms(keyType: string): readonly string[] {
  return keyType === "ssh-rsa" ? ["rsa-sha2-512", "rsa-sha2-256"] : [keyType];
}

function judgePinned(stop: SshStop, pins: readonly string[], key: Buffer): HostKeyJudgement {
  const shown = keyFingerprint(key);
  if (pins.some((pin) => pin.replace(/=+$/, "") === shown)) return { status: "accepted" };
  return refused(changed(stop, pins, shown, "l’inventaire (`host-key` de ce nœud)"));
}

function judgeKnown(
  stop: SshStop,
  lines: readonly KnownHost[],
  vouched: readonly Buffer[],
  doubt: string | undefined,
  key: Buffer,
): HostKeyJudgement {
  const verdict = judgeHostKey(lines, stop.known.name.host, stop.known.name.port, key);
  const shown = keyFingerprint(key);
  if (verdict.status !== "revoked" && vouched.some((good) => good.equals(key))) return { status: "accepted" };
  const file = stop.known.own[0] ?? "known_hosts";
  switch (verdict.status) {
    case "known":
      return { status: "accepted" };
    case "changed":
      return refused(changed(stop, verdict.expected, shown, file));
    case "revoked":
      return refused(
        new ProblemError("SSH_HOST_KEY_REVOKED", `La clé d’hôte de ${stopText(stop)} est révoquée : ${shown}.`, {
          scope: "environment",
          hint: "Cette clé est marquée @revoked dans known_hosts : n’employez pas cette machine avant d’avoir su pourquoi.",
        }),
      );
    case "certificate":
      // An authority is to vouch for this machine: where it does not, nobody is asked to do without.
      return refused(
        uncertified(
          stop,
          shown,
          doubt ?? (vouched.length > 0 ? "il est fait pour une autre clé" : "elle n’en montre pas"),
        ),
      );
    case "unknown":
      return { status: stop.known.neverAsk ? "refused" : "ask", problem: unknown(stop, shown) };
    default:
      return exhaustive(verdict);
  }
}

function refused(problem: ProblemError): HostKeyJudgement {
  return { status: "refused", problem };
}

function unknown(stop: SshStop, shown: string): ProblemError {
  const { host } = stop.known.name;
  return new ProblemError("SSH_HOST_KEY_UNKNOWN", `Clé d’hôte inconnue pour ${stopText(stop)} : ${shown}.`, {
    scope: "environment",
    hint: `Comparez-la sur la machine (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), puis ${stop.hop ? "" : `ajoutez « ${shown} » aux clés d’hôte (host-key) de ce nœud dans l’inventaire, ou `}faites connaître « ${host} » à known_hosts en vous y connectant une fois par ssh.`,
  });
}

function uncertified(stop: SshStop, shown: string, why: string): ProblemError {
  return new ProblemError(
    "SSH_HOST_CERTIFICATE_INVALID",
    `${stopSubject(stop)} doit être certifiée par une autorité de known_hosts (@cert-authority), et son certificat ne vaut pas : ${why}. Sa clé : ${shown}.`,
    {
      scope: "environment",
      hint: `Sur la machine, vérifiez HostCertificate et « ssh-keygen -Lf » de ce fichier ; ou ajoutez « ${shown} » aux clés d’hôte (host-key) de ce nœud dans l’inventaire, après l’avoir vérifiée.`,
    },
  );
}

function changed(stop: SshStop, expected: readonly string[], shown: string, where: string): ProblemError {
  return new ProblemError(
    "SSH_HOST_KEY_CHANGED",
    `La clé d’hôte de ${stopText(stop)} n’est pas celle attendue : attendu ${oneOf(expected)}, montré ${shown}. Rien ne lui a été envoyé.`,
    {
      scope: "environment",
      hint: `Si la machine a été réinstallée, corrigez ${where} ; sinon, quelqu’un d’autre répond à cette adresse.`,
    },
  );
}
