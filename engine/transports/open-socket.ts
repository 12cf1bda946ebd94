import { connect, type Socket } from "node:net";
import { ProblemError } from "../base/problem.ts";
import type { Endpoint } from "../model/inventory.ts";
import type { Guard, SocketPurpose } from "./guard.ts";
import { networkReason } from "./network-reason.ts";

/** How long a TCP connection may take to open. */
export const CONNECT_DEADLINE_MS = 20_000;

/**
 * A connected TCP socket, asked of the guard first, without Nagle's delay. Throws ProblemError `<codes>_UNREACHABLE` or
 * `<codes>_TIMEOUT`; rejects with the signal's reason when aborted.
 */
export async function openSocket(
  guard: Guard,
  codes: "SSH" | "HTTP",
  purpose: SocketPurpose,
  endpoint: Endpoint,
  signal: AbortSignal,
  deadlineMs = CONNECT_DEADLINE_MS,
): Promise<Socket> {
  signal.throwIfAborted();
  const { host, port } = await guard.check(purpose, endpoint);
  const socket = connect({ host: host.replace(/^\[(.*)\]$/, "$1"), port, noDelay: true });
  const deadline = AbortSignal.timeout(deadlineMs);
  const either = AbortSignal.any([signal, deadline]);
  try {
    await connected(socket, either);
    return socket;
  } catch (error) {
    socket.destroy();
    if (signal.aborted) throw signal.reason;
    throw unreachable(codes, purpose, endpoint, deadline.aborted ? undefined : error, deadlineMs);
  }
}

function connected(socket: Socket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    socket.once("connect", () => {
      signal.removeEventListener("abort", onAbort);
      socket.removeListener("error", reject);
      resolve();
    });
    socket.once("error", (error) => {
      signal.removeEventListener("abort", onAbort);
      reject(error);
    });
  });
}

function unreachable(
  codes: string,
  purpose: SocketPurpose,
  endpoint: Endpoint,
  error: unknown,
  deadlineMs: number,
): ProblemError {
  const whose = purpose.node === undefined ? "" : ` du nœud ${purpose.node}`;
  const according = purpose.according === undefined ? "" : `, selon ${purpose.according}`;
  const where = `${endpoint.host}:${endpoint.port}${according} (${purpose.use}${whose})`;
  if (error === undefined) {
    return new ProblemError(`${codes}_TIMEOUT`, `Pas de réponse de ${where} en ${deadlineMs / 1_000} s.`, {
      scope: "environment",
      hint: "Vérifiez que la machine est démarrée et qu’aucun pare-feu ne retient ce port.",
    });
  }
  return new ProblemError(`${codes}_UNREACHABLE`, `Connexion impossible à ${where} : ${networkReason(error)}.`, {
    scope: "environment",
    hint: `Vérifiez l’adresse et le port dans ${purpose.according ?? "l’inventaire"}, que la machine est démarrée et que le service écoute.`,
    cause: error,
  });
}
