import { isProblem, ProblemError } from "../base/problem.ts";
import type { InventoryNode, SshAccess } from "../model/inventory.ts";
import { networkReason } from "./network-reason.ts";
import type { ShellEnd } from "./port.ts";
import type { OutputSink, ScriptHost, ScriptProcess, TerminalSize } from "./script-process.ts";
import { newMarker } from "./script-run.ts";
import { commandLine } from "./script-wrapper.ts";
import type { Secrets } from "./secrets.ts";
import { openSshConnection, type SshConnection } from "./ssh-connection.ts";
import type { SshSetting } from "./ssh-setting.ts";
import { asRoot, SudoDoor, sudoRefused } from "./ssh-sudo.ts";
import type { ClientChannel } from "./ssh2-client.ts";

/** Nodes over ssh: one connection each, kept between scripts and opened again after a loss. */
export interface SshHosts {
  of(node: InventoryNode): ScriptHost;
  /** Connects when there is no connection yet. */
  reach(node: InventoryNode, signal: AbortSignal): Promise<void>;
  /** Fingerprint of the key that it showed last; undefined before the first connection. */
  hostKey(node: InventoryNode): string | undefined;
  close(): void;
}

/** Creates the nodes' hosts; nothing is connected before the first script. */
export function createSshHosts(setting: SshSetting): SshHosts {
  const kept = new Map<string, SshConnection>();
  const opening = new Map<string, Promise<SshConnection>>();

  const connection = async (node: InventoryNode, signal: AbortSignal): Promise<SshConnection> => {
    for (;;) {
      signal.throwIfAborted();
      const known = kept.get(node.name);
      if (known !== undefined && known.lostBecause() === undefined) return known;
      const others = opening.get(node.name);
      if (others === undefined) break;
      // Another script is connecting to the same node: wait for it, and try for ourselves only if it was called off.
      const outcome = await others.catch((error: unknown) => error);
      if (isProblem(outcome)) throw outcome;
    }
    const own = openSshConnection(node, setting, signal);
    opening.set(node.name, own);
    try {
      const opened = await own;
      kept.set(node.name, opened);
      return opened;
    } finally {
      opening.delete(node.name);
    }
  };

  const start = async (
    node: InventoryNode,
    argv: readonly string[],
    terminal: TerminalSize | undefined,
    sink: OutputSink,
    signal: AbortSignal,
  ): Promise<ScriptProcess> => {
    for (let attempt = 1; ; attempt += 1) {
      const open = await connection(node, signal);
      try {
        return await startOn(open, node.ssh?.sudo, { argv, terminal, sink, signal }, setting.secrets);
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        if (isProblem(error)) throw error;
        // Nothing was started on a connection that turned out to be dead: a second one is safe.
        kept.delete(node.name);
        open.close();
        if (attempt === 1) continue;
        throw new ProblemError(
          "SSH_CHANNEL_REFUSED",
          `${node.name} n’ouvre pas de canal ssh : ${networkReason(error)}.`,
          {
            scope: "environment",
            hint: "Vérifiez MaxSessions et les restrictions de ce compte dans la configuration de sshd.",
            cause: error,
          },
        );
      }
    }
  };

  return {
    reach: async (node, signal) => {
      await connection(node, signal);
    },
    hostKey: (node) => kept.get(node.name)?.hostKey,
    of: (node) => ({
      label: node.name,
      refusal: (lastLine) => {
        const { user, sudo } = node.ssh ?? {};
        return sudo && sudoRefused(node.name, user ?? "", sudo.password, lastLine);
      },
      start: async (argv, terminal, sink, signal) => await start(node, argv, terminal, sink, signal),
    }),
    close: () => {
      for (const open of kept.values()) open.close();
      kept.clear();
    },
  };
}

interface Start {
  readonly argv: readonly string[];
  readonly terminal: TerminalSize | undefined;
  readonly sink: OutputSink;
  readonly signal: AbortSignal;
}

/** Starts a wrapper on an open connection, through sudo when the inventory says so. */
async function startOn(
  connection: SshConnection,
  sudo: SshAccess["sudo"],
  { argv, terminal, sink, signal }: Start,
  secrets: Secrets,
): Promise<ScriptProcess> {
  const kill = (pid: number) => killGroup(connection, pid, sudo, secrets);
  if (sudo === undefined) {
    const channel = await connection.exec(commandLine(argv), terminal, signal);
    return channelProcess(connection, channel, sink, kill);
  }
  if (sudo.password === undefined) {
    const channel = await connection.exec(commandLine(asRoot(argv, undefined)), terminal, signal);
    return channelProcess(connection, channel, sink, kill);
  }
  const password = await secrets.value(sudo.password, signal);
  const marker = newMarker();
  const door = new SudoDoor(marker, password, sink);
  const channel = await connection.exec(commandLine(asRoot(argv, marker)), terminal, signal);
  return door.around(channelProcess(connection, channel, door.sink, kill));
}

function channelProcess(
  connection: SshConnection,
  channel: ClientChannel,
  sink: OutputSink,
  kill: (pid: number) => Promise<void>,
): ScriptProcess {
  const ended = Promise.withResolvers<ShellEnd>();
  const drained = Promise.withResolvers<void>();
  const lost = () =>
    ended.resolve({
      status: "lost",
      reason: connection.lostBecause() ?? "le canal s’est fermé sans dire comment le script a fini",
    });
  channel.on("data", (chunk: Buffer) => sink("stdout", chunk));
  channel.stderr.on("data", (chunk: Buffer) => sink("stderr", chunk));
  channel.on("error", () => undefined);
  channel.on("exit", (code: number | null, signal?: string) => {
    if (code === null) ended.resolve({ status: "signalled", signal: (signal ?? "inconnu").replace(/^SIG/, "") });
    else ended.resolve({ status: "exited", code });
  });
  const gone = () => {
    lost();
    drained.resolve();
    forget();
  };
  const forget = connection.whenClosed(gone);
  channel.on("close", gone);
  return {
    write: (data) => void channel.write(data),
    endInput: () => void channel.end(),
    ended: ended.promise,
    drained: drained.promise,
    killGroup: (pid) => void kill(pid),
    close: () => channel.close(),
  };
}

/**
 * Through a second channel: the first one belongs to the script. Under sudo the group is not the wrapper's own, so it is looked up.
 * Nobody waits for it, as the node may answer no more.
 */
async function killGroup(
  connection: SshConnection,
  pid: number,
  sudo: SshAccess["sudo"],
  secrets: Secrets,
): Promise<void> {
  const find = sudo === undefined ? `g=${pid}` : `read -r _ _ _ _ g _ </proc/${pid}/stat`;
  const argv = ["sh", "-c", `${find} && kill -TERM -"$g"; sleep 2; kill -KILL -"$g"`];
  try {
    const start = { argv, terminal: undefined, sink: () => {}, signal: AbortSignal.timeout(5_000) };
    const process = await startOn(connection, sudo, start, secrets);
    process.endInput();
  } catch {
    // No second channel: the connection is gone, and with it the terminal; a pipe's script may live on, which `lost` or `stopped` says.
  }
}
