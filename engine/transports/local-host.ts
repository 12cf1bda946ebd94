import { constants } from "node:os";
import { execa } from "execa";
import { ProblemError } from "../base/problem.ts";
import type { OperatorHost } from "./operator-host.ts";
import type { ShellEnd } from "./port.ts";
import type { OutputSink, ScriptHost, ScriptProcess, TerminalSize } from "./script-process.ts";
import { commandLine } from "./script-wrapper.ts";

const KILL_AFTER_MS = 2_000;

/** Starts wrappers on the operator's own machine. A terminal needs util-linux's `script`, else ProblemError LOCAL_PTY_UNSUPPORTED. */
export function createLocalHost(host: OperatorHost): ScriptHost {
  return {
    label: "la machine locale",
    start: async (argv, terminal, sink, signal) => {
      signal.throwIfAborted();
      if (terminal !== undefined) await requireTerminalProgram(host);
      return spawn(terminal === undefined ? argv : inTerminal(argv, terminal), host, sink);
    },
  };
}

function spawn(argv: readonly string[], host: OperatorHost, sink: OutputSink): ScriptProcess {
  const [program = "", ...args] = argv;
  const child = execa(program, args, {
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
    buffer: false,
    reject: false,
    detached: true,
    env: { ...host.env },
    extendEnv: false,
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  child.stdout.on("data", (chunk: Buffer) => sink("stdout", chunk));
  child.stderr.on("data", (chunk: Buffer) => sink("stderr", chunk));
  // A program that ends without reading its input breaks this pipe; how it ended says all.
  child.stdin.on("error", () => undefined);
  const ended = Promise.withResolvers<ShellEnd>();
  // execa's own promise waits for the streams too, which a daemon may hold: the process's exit is asked of Node itself.
  const emitter = child.nodeChildProcess;
  emitter.once("exit", (code, killedBy) => {
    if (killedBy !== null) ended.resolve({ status: "signalled", signal: killedBy.replace(/^SIG/, "") });
    else ended.resolve({ status: "exited", code: code ?? 255 });
  });
  emitter.once("error", (error) => ended.resolve({ status: "lost", reason: error.message }));
  return {
    write: (data) => void child.stdin.write(data),
    endInput: () => void child.stdin.end(),
    ended: ended.promise,
    drained: child.then(
      () => undefined,
      () => undefined,
    ),
    killGroup: (pid) => {
      killGroup(pid, constants.signals.SIGTERM);
      setTimeout(() => killGroup(pid, constants.signals.SIGKILL), KILL_AFTER_MS).unref();
    },
    close: () => {
      child.stdin.destroy();
      child.stdout.destroy();
      child.stderr.destroy();
    },
  };
}

function killGroup(pid: number, signal: number): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Already gone: that is what was wanted.
  }
}

function inTerminal(argv: readonly string[], { columns, rows }: TerminalSize): readonly string[] {
  return ["script", "-qefc", `stty cols ${columns} rows ${rows}; ${commandLine(argv)}`, "/dev/null"];
}

async function requireTerminalProgram(host: OperatorHost): Promise<void> {
  const asked = await execa("script", ["--version"], {
    env: { ...host.env },
    extendEnv: false,
    reject: false,
    stdin: "ignore",
  });
  if (!asked.failed && asked.stdout.includes("util-linux")) return;
  throw new ProblemError(
    "LOCAL_PTY_UNSUPPORTED",
    "Un bloc local ne peut pas avoir de terminal ici : `script` (util-linux) manque.",
    {
      scope: "environment",
      hint: "Installez util-linux (paquet bsdutils sous Debian), ou retirez `pty` de ce bloc.",
    },
  );
}
