import type { Duplex } from "node:stream";
import { oneOf } from "../base/one-of.ts";
import { ProblemError } from "../base/problem.ts";
import { keyFingerprint } from "./known-hosts.ts";
import { networkReason } from "./network-reason.ts";
import type { HostKeyCheck } from "./ssh-host-key.ts";
import type { LoginTry } from "./ssh-login.ts";
import type { PausedDeadline } from "./ssh-paused-deadline.ts";
import type { SshStop } from "./ssh-stop.ts";
import { stopSubject, stopText } from "./ssh-where.ts";
import type { AnyAuthMethod, SshClient } from "./ssh2-client.ts";

const KEEPALIVE_MS = 10_000;
const KEEPALIVE_COUNT = 3;

/** `unknown-key`: the server's key is known to nobody, and a person may accept it. */
export type Handshake =
  | { readonly status: "ready"; readonly hostKey: string }
  | { readonly status: "unknown-key"; readonly key: Buffer; readonly problem: ProblemError };

/**
 * Checks the host key and logs in over an open stream. Throws ProblemError SSH_HOST_KEY_…, SSH_AUTH_FAILED, SSH_TIMEOUT,
 * SSH_HANDSHAKE_FAILED or what a way to log in throws; rejects with the signal's reason when aborted.
 */
export async function handshake(
  client: SshClient,
  stop: SshStop,
  stream: Duplex,
  check: HostKeyCheck,
  tries: readonly LoginTry[],
  deadline: PausedDeadline,
  signal: AbortSignal,
): Promise<Handshake> {
  const left = [...tries];
  const tried: string[] = [];
  let offered: readonly string[] = [];
  let key: Handshake | undefined;
  let refused: ProblemError | undefined;
  let hostKey = "";
  const { promise, resolve, reject } = Promise.withResolvers<Handshake>();
  const fail = (error: Error) => {
    if (refused !== undefined) reject(refused);
    else if (key !== undefined) resolve(key);
    else reject(handshakeProblem(stop, tried, offered, error));
  };
  const next = async (allowed: readonly string[] | null): Promise<AnyAuthMethod | undefined> => {
    if (allowed !== null) offered = allowed;
    for (;;) {
      // What does not fit yet may fit once a first factor has been accepted.
      const at = left.findIndex(({ type }) => allowed === null || allowed.includes(type));
      const [one] = at < 0 ? [] : left.splice(at, 1);
      if (one === undefined) return undefined;
      const method = await one.prepare(signal, client);
      tried.push(method === undefined ? `${one.what}, restée fermée` : one.what);
      if (method !== undefined) return method;
    }
  };
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  signal.throwIfAborted();
  deadline.start(() => reject(tooSlow(stop, deadline.ms)));
  client.once("ready", () => resolve({ status: "ready", hostKey }));
  client.once("error", fail);
  client.once("close", () => fail(new Error("connexion fermée par la machine")));
  client.connect({
    sock: stream as never,
    username: stop.user,
    // The deadline below stands still while a person is asked; the library's own does not.
    readyTimeout: 0,
    keepaliveInterval: stop.aliveIntervalMs ?? KEEPALIVE_MS,
    keepaliveCountMax: stop.aliveCount ?? KEEPALIVE_COUNT,
    algorithms: { serverHostKey: { prepend: [...check.preferred()] as never, append: [], remove: [] } },
    hostVerifier: (shown: Buffer) => {
      const judgement = check.judge(shown);
      hostKey = keyFingerprint(shown);
      if (judgement.status === "refused") refused = judgement.problem;
      if (judgement.status === "ask")
        key = { status: "unknown-key", key: Buffer.from(shown), problem: judgement.problem };
      return judgement.status === "accepted";
    },
    authHandler: (allowed, _partial, go) => {
      next(allowed).then((method) => go(method ?? (false as never)), reject);
    },
  });
  try {
    return await promise;
  } finally {
    deadline.end();
    signal.removeEventListener("abort", onAbort);
  }
}

/** SSH_TIMEOUT: the server took longer than this. */
export function tooSlow(stop: SshStop, ms: number): ProblemError {
  return new ProblemError("SSH_TIMEOUT", `${stopSubject(stop)} n’a pas achevé l’échange ssh en ${ms / 1_000} s.`, {
    scope: "environment",
    hint: "Vérifiez la charge de la machine et que ce port est bien celui de sshd.",
  });
}

/** SSH_AUTH_FAILED or SSH_HANDSHAKE_FAILED, by what ssh2 says of the end. */
export function handshakeProblem(
  stop: SshStop,
  tried: readonly string[],
  offered: readonly string[],
  error: Error & { level?: string },
): ProblemError {
  if (error.level === "client-authentication") {
    const what = tried.length === 0 ? "il n’y avait ni clé ni mot de passe à essayer" : `essayé ${tried.join(", ")}`;
    const wants = offered.length === 0 ? "" : ` ; le serveur accepte ${oneOf(offered)}`;
    return new ProblemError(
      "SSH_AUTH_FAILED",
      `${stopSubject(stop)} refuse la connexion de ${stop.user} : ${what}${wants}.`,
      {
        scope: "environment",
        hint: "Vérifiez l’utilisateur, la clé (`identity`) ou le secret du mot de passe dans l’accès `ssh` du nœud, et que l’agent est lancé si vous comptez sur lui.",
        cause: error,
      },
    );
  }
  if (/too many authentication failures/i.test(error.message)) {
    return new ProblemError(
      "SSH_AUTH_FAILED",
      `${stopSubject(stop)} a coupé après trop d’essais de connexion de ${stop.user} : essayé ${tried.join(", ")}.`,
      {
        scope: "environment",
        hint: "Nommez la bonne clé : `identity` dans l’inventaire, ou IdentityFile et IdentitiesOnly dans ~/.ssh/config.",
        cause: error,
      },
    );
  }
  const why = /lost before handshake/i.test(error.message) ? "connexion coupée avant la fin" : networkReason(error);
  return new ProblemError("SSH_HANDSHAKE_FAILED", `L’échange ssh avec ${stopText(stop)} a échoué : ${why}.`, {
    scope: "environment",
    hint: "Vérifiez que ce port est bien celui de sshd et que le serveur accepte des algorithmes actuels.",
    cause: error,
  });
}
