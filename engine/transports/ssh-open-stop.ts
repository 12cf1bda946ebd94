import type { Duplex } from "node:stream";
import { networkReason } from "./network-reason.ts";
import { judgeHostCertificate } from "./ssh-certificate.ts";
import { acceptedByPerson } from "./ssh-first-contact.ts";
import { handshake, handshakeProblem, tooSlow } from "./ssh-handshake.ts";
import { fetchHostCertificate } from "./ssh-host-certificate.ts";
import { type HostKeyCheck, hostKeyCheck } from "./ssh-host-key.ts";
import { loginTries } from "./ssh-login.ts";
import { PausedDeadline } from "./ssh-paused-deadline.ts";
import type { SshSetting } from "./ssh-setting.ts";
import type { SshStop } from "./ssh-stop.ts";
import { Client, type SshClient } from "./ssh2-client.ts";

const HANDSHAKE_DEADLINE_MS = 20_000;

/** A machine that has let us in. */
export interface OpenStop {
  readonly stop: SshStop;
  readonly client: SshClient;
  /** Fingerprint of the key that it showed and that was accepted. */
  readonly hostKey: string;
  /** Why the connection ended; undefined while it lives. */
  lostBecause(): string | undefined;
}

/** Logs in at one machine over the streams that `connect` opens. A key that nobody knows is asked for, when somebody is there. */
export async function openStop(
  stop: SshStop,
  connect: () => Promise<Duplex>,
  setting: SshSetting,
  signal: AbortSignal,
): Promise<OpenStop> {
  const check = await hostKeyCheck(stop);
  if (check.authorities.length > 0) await askCertificate(stop, check, connect, signal);
  for (;;) {
    const deadline = new PausedDeadline(stop.timeoutMs ?? HANDSHAKE_DEADLINE_MS);
    const person = setting.person && deadline.around(setting.person);
    const tries = await loginTries(stop, { ...setting, person }, signal);
    const stream = await connect();
    const client = new Client();
    const state = follow(client);
    let open = false;
    try {
      const met = await handshake(client, stop, stream, check, tries, deadline, signal);
      open = met.status === "ready";
      if (met.status === "ready") return { stop, client, hostKey: met.hostKey, lostBecause: () => state.reason };
      // Asked between two connections: a server does not wait while somebody compares fingerprints.
      if (setting.person === undefined || !(await acceptedByPerson(stop, met.key, setting.person, signal)))
        throw met.problem;
      check.vouch(met.key);
    } catch (error) {
      setting.answers.forget(`mot de passe ${stop.user}@${stop.endpoint.host}`);
      throw error;
    } finally {
      if (!open) {
        client.destroy();
        stream.destroy();
      }
    }
  }
}

/** Over a connection of its own: the one that follows proves who holds the certified key. */
async function askCertificate(
  stop: SshStop,
  check: HostKeyCheck,
  connect: () => Promise<Duplex>,
  signal: AbortSignal,
): Promise<void> {
  const deadlineMs = stop.timeoutMs ?? HANDSHAKE_DEADLINE_MS;
  const deadline = AbortSignal.timeout(deadlineMs);
  const stream = await connect();
  const either = AbortSignal.any([signal, deadline]);
  const certificate = await fetchHostCertificate(stream, either).catch((error: Error) => {
    signal.throwIfAborted();
    throw deadline.aborted ? tooSlow(stop, deadlineMs) : handshakeProblem(stop, [], [], error);
  });
  if (certificate === undefined) return;
  const verdict = judgeHostCertificate(certificate, check.authorities, stop.known.name.host, new Date());
  if (verdict.status === "good") check.vouch(verdict.key);
  else check.doubt(verdict.reason);
}

/** Keeps listening for errors as long as the client lives: one without a listener would end the program. */
function follow(client: SshClient): { reason: string | undefined } {
  const state: { reason: string | undefined } = { reason: undefined };
  client.setMaxListeners(0);
  client.on("error", (error) => {
    state.reason ??= /keepalive/i.test(error.message) ? "la machine ne répond plus" : networkReason(error);
  });
  client.on("close", () => {
    state.reason ??= "connexion fermée par la machine";
  });
  return state;
}
