import type { Duplex } from "node:stream";
import { ProblemError } from "../base/problem.ts";
import type { Endpoint, InventoryNode } from "../model/inventory.ts";
import { networkReason } from "./network-reason.ts";
import { CONNECT_DEADLINE_MS, openSocket } from "./open-socket.ts";
import type { TerminalSize } from "./script-process.ts";
import { type OpenStop, openStop } from "./ssh-open-stop.ts";
import { sshRoute } from "./ssh-route.ts";
import type { SshSetting } from "./ssh-setting.ts";
import type { SshStop } from "./ssh-stop.ts";
import { placesText, stopSubject, stopText } from "./ssh-where.ts";
import type { ClientChannel, SshClient } from "./ssh2-client.ts";

const CHANNEL_DEADLINE_MS = 20_000;
/** Why a server opens no channel (RFC 4254): it may not. */
const FORBIDDEN = 1;

/** An open, authenticated connection to one node. */
export interface SshConnection {
  /** Fingerprint of the node's own key, not of a machine on the way. */
  readonly hostKey: string;
  /** Opens a channel that runs a command. Rejects when the connection is gone or the server grants no channel. */
  exec(command: string, terminal: TerminalSize | undefined, signal: AbortSignal): Promise<ClientChannel>;
  /** Why the connection ended; undefined while it lives. */
  lostBecause(): string | undefined;
  /** Calls back when the connection ends; gives the way to stop listening. */
  whenClosed(listener: () => void): () => void;
  close(): void;
}

/**
 * Connects through the machines on the way, checks each host key, logs in. Throws ProblemError SSH_… with the reason, GUARD_REFUSED for
 * any machine on the way; rejects with the signal's reason when aborted.
 */
export async function openSshConnection(
  node: InventoryNode,
  setting: SshSetting,
  signal: AbortSignal,
): Promise<SshConnection> {
  const route = await sshRoute(node, setting.host);
  const way: { readonly stop: SshStop; readonly address: Endpoint }[] = [];
  // All are judged before the first is met: what a machine on the way would connect to leaves this one as well.
  for (const stop of route)
    way.push({ stop, address: await setting.guard.check(purpose(stop, node), stop.connect ?? stop.endpoint) });
  const open: OpenStop[] = [];
  const close = () => {
    for (const { client } of open.toReversed()) {
      client.end();
      client.destroy();
    }
  };
  try {
    for (const { stop, address } of way) {
      const before = open.at(-1);
      const stream = async (): Promise<Duplex> =>
        before === undefined
          ? await socketTo(stop, node, setting, signal)
          : await forwarded(before, stop, address, signal);
      open.push(await openStop(stop, stream, setting, signal));
    }
  } catch (error) {
    close();
    throw error;
  }
  const last = open.at(-1);
  if (last === undefined) throw new TypeError("Expected a route with at least one stop");
  return {
    hostKey: last.hostKey,
    exec: async (command, terminal, stop) => await openChannel(last.client, command, terminal, stop),
    // Whoever ended first is the cause: the others ended with it.
    lostBecause: () =>
      last.lostBecause() === undefined ? undefined : (open.map((each) => each.lostBecause()).find(Boolean) ?? ""),
    whenClosed: (listener) => {
      last.client.once("close", listener);
      return () => last.client.removeListener("close", listener);
    },
    close,
  };
}

function purpose(stop: SshStop, node: InventoryNode): { use: string; node: string; according?: string } {
  const according = placesText(stop.said.filter(({ value }) => /^(?:HostName|Port|ProxyJump) /.test(value)));
  return {
    use: stop.label === node.name ? "ssh" : `ssh, ${stop.label}`,
    node: node.name,
    ...(according !== "" && { according }),
  };
}

async function socketTo(
  stop: SshStop,
  node: InventoryNode,
  { guard }: SshSetting,
  signal: AbortSignal,
): Promise<Duplex> {
  const endpoint = stop.connect ?? stop.endpoint;
  return await openSocket(guard, "SSH", purpose(stop, node), endpoint, signal, stop.timeoutMs ?? CONNECT_DEADLINE_MS);
}

/** A stream to the next machine, which this one opens. */
async function forwarded(from: OpenStop, to: SshStop, address: Endpoint, signal: AbortSignal): Promise<Duplex> {
  const deadlineMs = to.timeoutMs ?? CONNECT_DEADLINE_MS;
  const { promise, resolve, reject } = Promise.withResolvers<Duplex>();
  const deadline = AbortSignal.timeout(deadlineMs);
  const either = AbortSignal.any([signal, deadline]);
  const onAbort = () => reject(either.reason);
  either.addEventListener("abort", onAbort, { once: true });
  from.client.once("close", onAbort);
  try {
    either.throwIfAborted();
    from.client.forwardOut("127.0.0.1", 0, address.host.replace(/^\[(.*)\]$/, "$1"), address.port, (error, channel) => {
      if (error !== undefined && error !== null) reject(error);
      else if (either.aborted) channel.close();
      else resolve(channel);
    });
    return await promise;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw forwardProblem(from, to, error, deadline.aborted ? deadlineMs : undefined);
  } finally {
    either.removeEventListener("abort", onAbort);
    from.client.removeListener("close", onAbort);
  }
}

/** A node that does not answer behind a machine is away as it would be without one; a machine that lets nobody pass is another matter. */
function forwardProblem(from: OpenStop, to: SshStop, error: unknown, tooLongMs: number | undefined): ProblemError {
  const said = error instanceof Error ? error.message.replace(/^\(SSH\) Channel open failure: /, "") : "";
  const reason = typeof error === "object" && error !== null && "reason" in error ? error.reason : undefined;
  const problem = (code: string, why: string, hint: string) =>
    new ProblemError(code, `${stopSubject(from.stop)} ne mène pas à ${stopText(to)} : ${why}.`, {
      scope: "environment",
      hint,
      cause: error,
    });
  const awake = "Vérifiez que la machine est démarrée, et que la machine de rebond joint cette adresse.";
  if (tooLongMs !== undefined) return problem("SSH_TIMEOUT", `pas de réponse en ${tooLongMs / 1_000} s`, awake);
  if (reason === FORBIDDEN)
    return problem(
      "SSH_JUMP_FAILED",
      said === "" ? "elle ne laisse pas passer" : said,
      "Vérifiez AllowTcpForwarding et PermitOpen dans la configuration de son sshd.",
    );
  return problem("SSH_UNREACHABLE", from.lostBecause() ?? (said === "" ? networkReason(error) : said), awake);
}

async function openChannel(
  client: SshClient,
  command: string,
  terminal: TerminalSize | undefined,
  signal: AbortSignal,
): Promise<ClientChannel> {
  const { promise, resolve, reject } = Promise.withResolvers<ClientChannel>();
  const either = AbortSignal.any([signal, AbortSignal.timeout(CHANNEL_DEADLINE_MS)]);
  const onAbort = () => reject(either.reason);
  const onClose = () => reject(new Error("connexion fermée par le nœud"));
  either.addEventListener("abort", onAbort, { once: true });
  // A signal that was aborted before we listened tells nobody any more.
  either.throwIfAborted();
  client.once("close", onClose);
  const pty =
    terminal === undefined ? {} : { pty: { cols: terminal.columns, rows: terminal.rows, term: "xterm-256color" } };
  try {
    client.exec(command, pty, (error, channel) => {
      if (error !== undefined && error !== null) reject(error);
      else if (either.aborted) channel.close();
      else resolve(channel);
    });
    return await promise;
  } finally {
    either.removeEventListener("abort", onAbort);
    client.removeListener("close", onClose);
  }
}
