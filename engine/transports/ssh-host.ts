import { isProblem, ProblemError } from "../base/problem.ts";
import type { InventoryNode } from "../model/inventory.ts";
import { networkReason } from "./network-reason.ts";
import type { ShellEnd } from "./port.ts";
import type { OutputSink, ScriptHost, ScriptProcess, TerminalSize } from "./script-process.ts";
import { commandLine } from "./script-wrapper.ts";
import { openSshConnection, type SshConnection } from "./ssh-connection.ts";
import type { SshSetting } from "./ssh-setting.ts";
import type { ClientChannel } from "./ssh2-client.ts";

/** Nodes over ssh: one connection each, kept between scripts and opened again after a loss. */
export interface SshHosts {
  of(node: InventoryNode): ScriptHost;
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
        const channel = await open.exec(commandLine(argv), terminal, signal);
        return channelProcess(open, channel, sink);
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
    of: (node) => ({
      label: node.name,
      start: async (argv, terminal, sink, signal) => await start(node, argv, terminal, sink, signal),
    }),
    close: () => {
      for (const open of kept.values()) open.close();
      kept.clear();
    },
  };
}

function channelProcess(connection: SshConnection, channel: ClientChannel, sink: OutputSink): ScriptProcess {
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
    killGroup: (pid) => void killGroup(connection, pid),
    close: () => channel.close(),
  };
}

/** Through a second channel: the first one belongs to the script. Nobody waits for it, as the node may answer no more. */
async function killGroup(connection: SshConnection, pid: number): Promise<void> {
  const command = commandLine(["sh", "-c", `kill -TERM -${pid}; sleep 2; kill -KILL -${pid}`]);
  try {
    const channel = await connection.exec(command, undefined, AbortSignal.timeout(5_000));
    channel.on("error", () => undefined);
    channel.resume();
    channel.stderr.resume();
    channel.end();
  } catch {
    // No second channel: the connection is gone, and with it the terminal; a pipe's script may live on, which `lost` or `stopped` says.
  }
}
