import type { Socket } from "node:net";
import { ProblemError } from "../base/problem.ts";
import type { InventoryNode, SshAccess } from "../model/inventory.ts";
import type { Guard } from "./guard.ts";
import { networkReason } from "./network-reason.ts";
import { openSocket } from "./open-socket.ts";
import type { OperatorHost } from "./operator-host.ts";
import type { TerminalSize } from "./script-process.ts";
import type { Secrets } from "./secrets.ts";
import { type HostKeyCheck, hostKeyCheck } from "./ssh-host-key.ts";
import { loginMethods } from "./ssh-login.ts";
import { type AnyAuthMethod, Client, type ClientChannel, type SshClient } from "./ssh2-client.ts";

const HANDSHAKE_DEADLINE_MS = 20_000;
const CHANNEL_DEADLINE_MS = 20_000;
const KEEPALIVE_MS = 10_000;

/** An open, authenticated connection to one node. */
export interface SshConnection {
  /** Opens a channel that runs a command. Rejects when the connection is gone or the server grants no channel. */
  exec(command: string, terminal: TerminalSize | undefined, signal: AbortSignal): Promise<ClientChannel>;
  /** Why the connection ended; undefined while it lives. */
  lostBecause(): string | undefined;
  /** Calls back when the connection ends; gives the way to stop listening. */
  whenClosed(listener: () => void): () => void;
  close(): void;
}

export interface SshSetting {
  readonly guard: Guard;
  readonly secrets: Secrets;
  readonly host: OperatorHost;
}

/** Connects, checks the host key, logs in. Throws ProblemError SSH_… with the reason; rejects with the signal's reason when aborted. */
export async function openSshConnection(
  node: InventoryNode,
  setting: SshSetting,
  signal: AbortSignal,
): Promise<SshConnection> {
  const ssh = node.ssh;
  if (ssh === undefined) {
    throw new ProblemError("SSH_NO_ACCESS", `Le nœud ${node.name} n’a pas d’accès \`ssh\` dans l’inventaire.`, {
      scope: "author",
      hint: "Ajoutez-lui un accès `ssh`, ou faites viser un autre nœud par ce bloc.",
    });
  }
  const check = await hostKeyCheck(node, ssh, setting.host);
  const methods = await loginMethods(node, ssh, setting.secrets, setting.host, signal);
  const socket = await openSocket(
    setting.guard,
    "SSH",
    { use: "ssh", node: node.name },
    ssh.connect ?? ssh.endpoint,
    signal,
  );
  const client = new Client();
  const state = follow(client);
  try {
    await ready(client, node, ssh, socket, check, methods, signal);
  } catch (error) {
    client.destroy();
    socket.destroy();
    throw error;
  }
  return {
    exec: async (command, terminal, stop) => await openChannel(client, command, terminal, stop),
    lostBecause: () => state.reason,
    whenClosed: (listener) => {
      client.once("close", listener);
      return () => client.removeListener("close", listener);
    },
    close: () => {
      client.end();
      client.destroy();
    },
  };
}

/** Keeps listening for errors as long as the client lives: one without a listener would end the program. */
function follow(client: SshClient): { reason: string | undefined } {
  const state: { reason: string | undefined } = { reason: undefined };
  client.setMaxListeners(0);
  client.on("error", (error) => {
    state.reason ??= /keepalive/i.test(error.message) ? "le nœud ne répond plus" : networkReason(error);
  });
  client.on("close", () => {
    state.reason ??= "connexion fermée par le nœud";
  });
  return state;
}

function ready(
  client: SshClient,
  node: InventoryNode,
  ssh: SshAccess,
  socket: Socket,
  check: HostKeyCheck,
  methods: readonly AnyAuthMethod[],
  signal: AbortSignal,
): Promise<void> {
  const where = `${node.name} (${ssh.endpoint.host}:${ssh.endpoint.port})`;
  const left = [...methods];
  let refusedKey: ProblemError | undefined;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  client.once("ready", resolve);
  client.once("error", (error) => reject(refusedKey ?? handshakeProblem(where, ssh.user, error)));
  client.once("close", () =>
    reject(refusedKey ?? handshakeProblem(where, ssh.user, new Error("connexion fermée par le nœud"))),
  );
  client.connect({
    sock: socket,
    username: ssh.user,
    readyTimeout: HANDSHAKE_DEADLINE_MS,
    keepaliveInterval: KEEPALIVE_MS,
    keepaliveCountMax: 3,
    algorithms: { serverHostKey: { prepend: [...check.preferred] as never, append: [], remove: [] } },
    hostVerifier: (key: Buffer) => {
      refusedKey = check.judge(key);
      return refusedKey === undefined;
    },
    authHandler: (allowed, _partial, next) => {
      const fits = ({ type }: AnyAuthMethod) =>
        allowed === null || allowed.includes(type === "agent" ? "publickey" : type);
      let method = left.shift();
      while (method !== undefined && !fits(method)) method = left.shift();
      next(method ?? (false as never));
    },
  });
  return promise.finally(() => signal.removeEventListener("abort", onAbort));
}

function handshakeProblem(where: string, user: string, error: Error & { level?: string }): ProblemError {
  switch (error.level) {
    case "client-authentication":
      return new ProblemError(
        "SSH_AUTH_FAILED",
        `${where} refuse la connexion de ${user} : ni clé ni mot de passe accepté.`,
        {
          scope: "environment",
          hint: "Vérifiez l’utilisateur, la clé (`identity`) ou le secret du mot de passe dans l’accès `ssh` du nœud, et que l’agent est lancé si vous comptez sur lui.",
          cause: error,
        },
      );
    case "client-timeout":
      return new ProblemError(
        "SSH_TIMEOUT",
        `${where} n’a pas achevé l’échange ssh en ${HANDSHAKE_DEADLINE_MS / 1_000} s.`,
        {
          scope: "environment",
          hint: "Vérifiez la charge de la machine et que ce port est bien celui de sshd.",
          cause: error,
        },
      );
    default:
      return new ProblemError(
        "SSH_HANDSHAKE_FAILED",
        `L’échange ssh avec ${where} a échoué : ${
          /lost before handshake/i.test(error.message) ? "connexion coupée avant la fin" : networkReason(error)
        }.`,
        {
          scope: "environment",
          hint: "Vérifiez que ce port est bien celui de sshd et que le serveur accepte des algorithmes actuels.",
          cause: error,
        },
      );
  }
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
