import type { NodeState } from "../state/node.ts";
import type { World } from "../state/world.ts";
import { createPipeInput } from "./input.ts";
import { runInteractive } from "./interactive.ts";
import type { Io } from "./io.ts";
import { treeOf } from "./node-disk.ts";
import { type Process, startProcess } from "./process-table.ts";
import { serveSftp } from "./sftp.ts";
import { runShell, type ShellEnd } from "./shell.ts";
import type { Connection, PseudoTtyInfo, ServerChannel } from "./ssh2.ts";
import { createTerminal, type Terminal } from "./terminal.ts";
import { unwrap } from "./wrapper.ts";

/** Serves every session that an authenticated connection opens on a node; `over` is aborted when the connection is. */
export function serveSessions(world: World, node: NodeState, connection: Connection, over: AbortSignal): void {
  connection.on("session", (acceptSession) => {
    const session = acceptSession();
    const environment: Record<string, string> = {};
    let pty: PseudoTtyInfo | undefined;
    let running: { readonly process: Process; readonly terminal: Terminal | undefined } | undefined;

    const start = (channel: ServerChannel, commandLine: string | undefined) => {
      const closed = new AbortController();
      channel.on("close", () => closed.abort(new Error("the channel was closed")));
      const process = startProcess(
        node,
        commandLine ?? "-bash",
        world.clock.now(),
        AbortSignal.any([over, closed.signal]),
      );
      const io = ioOf(channel, pty);
      running = { process, terminal: io.terminal };
      const term = pty ? { TERM: "xterm-256color" } : {};
      serve(world, node, io, process, commandLine, { ...term, ...environment })
        .then((end) => finish(channel, end))
        .catch((error: unknown) => {
          channel.stderr.write(`constat-lab: ${String(error)}\n`);
          finish(channel, { code: 70 });
        })
        .finally(() => process.end());
    };

    session.on("pty", (accept, _reject, info) => {
      pty = info;
      accept?.();
    });
    session.on("env", (accept, _reject, info) => {
      // As Debian's sshd: only the locale is accepted.
      if (/^(?:LANG|LC_\w+)$/.test(info.key)) environment[info.key] = info.val;
      accept?.();
    });
    session.on("window-change", (accept, _reject, info) => {
      if (running?.terminal) Object.assign(running.terminal, { columns: info.cols, rows: info.rows });
      accept?.();
    });
    session.on("signal", (accept, _reject, info) => {
      running?.process.kill(info.name.replace(/^SIG/, ""));
      accept?.();
    });
    session.on("exec", (accept, _reject, info) => start(accept(), info.command));
    session.on("shell", (accept) => start(accept(), undefined));
    session.on("sftp", (accept) => serveSftp(treeOf(world, node), accept()));
  });
}

async function serve(
  world: World,
  node: NodeState,
  io: Io,
  process: Process,
  commandLine: string | undefined,
  environment: Readonly<Record<string, string>>,
): Promise<ShellEnd> {
  const base = { world, node, io, process };
  const started = commandLine === undefined ? undefined : unwrap(commandLine);
  if (started?.script !== undefined) {
    return await runShell({
      ...base,
      script: started.script,
      parameters: started.parameters,
      environment: { ...environment, ...started.environment },
    });
  }
  const variables = { ...environment, ...started?.environment };
  if (started?.file !== undefined) {
    const script = await readScript(world, node, started.file);
    if (script === undefined) {
      io.write("stderr", Buffer.from(`bash: ${started.file}: No such file or directory\n`));
      return { code: 127 };
    }
    return await runShell({ ...base, script, parameters: started.parameters, environment: variables });
  }
  if (io.terminal)
    return await runInteractive({ ...base, environment: variables }, io.terminal, commandLine === undefined);
  try {
    const script = (await io.input.readAll(process.signal)).toString("utf8");
    return await runShell({ ...base, script, parameters: started?.parameters ?? [], environment: variables });
  } catch {
    return { signal: "HUP" };
  }
}

async function readScript(world: World, node: NodeState, path: string): Promise<string | undefined> {
  try {
    return await treeOf(world, node).readFile(path.startsWith("/") ? path : `/root/${path}`);
  } catch {
    return undefined;
  }
}

function ioOf(channel: ServerChannel, pty: PseudoTtyInfo | undefined): Io {
  if (!pty) {
    const input = createPipeInput();
    channel.on("data", (chunk: Buffer) => input.feed(chunk));
    channel.on("end", () => input.end());
    channel.on("close", () => input.end());
    return {
      input,
      terminal: undefined,
      write: (stream, chunk) => void (stream === "stdout" ? channel : channel.stderr).write(chunk),
    };
  }
  // A terminal has one output, and its driver turns each newline into carriage return and newline.
  const show = (text: string) => void channel.write(text.replaceAll("\n", "\r\n"));
  const terminal = createTerminal(pty.cols, pty.rows, show);
  channel.on("data", (chunk: Buffer) => terminal.type(chunk));
  channel.on("end", () => terminal.end());
  return { input: terminal, terminal, write: (_stream, chunk) => show(chunk.toString("utf8")) };
}

function finish(channel: ServerChannel, end: ShellEnd): void {
  if (channel.destroyed) return;
  if ("code" in end) channel.exit(end.code);
  else channel.exit(end.signal);
  channel.end();
}
