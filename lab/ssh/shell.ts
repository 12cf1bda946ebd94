import { Bash, type BashExecResult, defineCommand, MountableFs } from "just-bash";
import type { NodeState } from "../state/node.ts";
import type { World } from "../state/world.ts";
import { commands } from "./commands/index.ts";
import { LEAVE, OPEN } from "./guards.ts";
import type { Io } from "./io.ts";
import { treeOf } from "./node-disk.ts";
import { openForWriting } from "./open-for-writing.ts";
import { DEVICE, OutputDevice, type Prompt } from "./output-device.ts";
import { Killed, type Process, startProcess } from "./process-table.ts";
import { shellQuote } from "./shell-words.ts";
import { newStreams, REWRITE, streamed } from "./streamed.ts";
import { toBashCommand } from "./to-bash-command.ts";

/** What a shell runs, and where. */
export interface ShellRun {
  readonly world: World;
  readonly node: NodeState;
  readonly io: Io;
  readonly process: Process;
  readonly script: string;
  /** $1, $2 … */
  readonly parameters?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly directory?: string;
  /** For an interactive shell: where its commands come from. */
  readonly prompt?: Prompt;
}

/** How a shell ended: by itself, or by a signal. */
export type ShellEnd = { readonly code: number } | { readonly signal: string };

const DIRECT_COMMANDS = new Set(commands.map((command) => command.name));

/** Runs a script on a node as bash would, sending its output as it comes; never throws. */
export async function runShell(run: ShellRun): Promise<ShellEnd> {
  const { io, process } = run;
  const { bash, streams, traps, left } = createBash(run);
  const parameters = (run.parameters ?? []).map(shellQuote).join(" ");
  const prefix = parameters === "" ? "" : `set -- ${parameters}; `;
  const { directory: cwd = "/root" } = run;
  const result = await execute(bash, prefix + streamed(run.script, streams), io, process.signal, { cwd });
  const trap = traps.get("EXIT");
  if (trap !== undefined) {
    // just-bash has no traps: what EXIT should do runs afterwards, with the variables and the directory of the end.
    const env = left.get("exit") ?? result.env;
    const script = [...streams.functions, trap].join("\n");
    await execute(bash, streamed(script, streams), io, AbortSignal.timeout(10_000), { env, cwd: env["PWD"] ?? cwd });
  }
  if (!process.signal.aborted) return { code: result.exitCode };
  const reason: unknown = process.signal.reason;
  return { signal: reason instanceof Killed ? reason.signalName : "HUP" };
}

function createBash(run: ShellRun) {
  const { world, node, io, process } = run;
  const fs = new MountableFs({ base: treeOf(world, node) });
  fs.mount(DEVICE, new OutputDevice(io, process.signal, run.prompt));
  const streams = newStreams(DIRECT_COMMANDS, io.terminal !== undefined);
  const traps = new Map<string, string>();
  const rewrite = defineCommand(REWRITE, async (args) => ({
    stdout: streamed(args.join(" "), streams),
    stderr: "",
    exitCode: 0,
  }));
  const left = new Map<string, Record<string, string>>();
  const leave = defineCommand(LEAVE, async (args, { env }) => {
    left.set("exit", Object.fromEntries(env));
    return { stdout: "", stderr: "", exitCode: Number(args[0] ?? env.get("?") ?? 0) & 255 };
  });
  const open = defineCommand(OPEN, (args, { cwd }) => openForWriting(fs, args, cwd));
  const context = { world, node, io, process, traps, runOn: runElsewhere(world), interrupt: interrupts(io) };
  const bash = new Bash({
    fs,
    cwd: run.directory ?? "/root",
    env: { ...loginEnvironment(node), ...run.environment },
    customCommands: [rewrite, open, leave, ...commands.map((command) => toBashCommand(command, context))],
    processInfo: { pid: process.pid, ppid: 1, uid: 0, gid: 0 },
    sleep: (ms) => world.clock.sleep(ms, process.signal),
    // A step may run for an hour and more; 100 000 turns of one loop (the default) stay the limit, as a loop without a wait blocks the lab.
    executionLimits: { maxCommandCount: 1_000_000, maxWorkUnits: 100_000_000, maxExecutionTimeMs: 86_400_000 },
    defenseInDepth: false,
  });
  return { bash, streams, traps, left };
}

async function execute(
  bash: Bash,
  script: string,
  io: Io,
  signal: AbortSignal,
  options: { cwd: string; env?: Record<string, string> },
): Promise<BashExecResult> {
  const result = await bash.exec(script, { ...options, rawScript: true, signal });
  const device = new OutputDevice(io, signal);
  // What no redirection caught: messages of the shell itself, mostly.
  const encoding = result.stdoutKind === "bytes" || result.stdoutEncoding === "binary" ? "binary" : "utf8";
  await device.writeFile("/out", result.stdout, encoding);
  if (!signal.aborted) await device.writeFile("/err", result.stderr);
  return result;
}

function runElsewhere(world: World) {
  return async (node: NodeState, script: string, io: Io, signal: AbortSignal): Promise<number> => {
    const process = startProcess(node, script, world.clock.now(), signal);
    try {
      const end = await runShell({ world, node, io, process, script });
      return "code" in end ? end.code : 255;
    } finally {
      process.end();
    }
  };
}

/** One signal for the command that runs now: Ctrl-C ends it, and the next one gets a fresh signal. */
function interrupts(io: Io): () => AbortSignal {
  let current = new AbortController();
  io.terminal?.onInterrupt(() => {
    current.abort(new Killed("INT"));
    current = new AbortController();
  });
  return () => current.signal;
}

function loginEnvironment(node: NodeState): Record<string, string> {
  return {
    HOME: "/root",
    USER: "root",
    LOGNAME: "root",
    SHELL: "/bin/bash",
    LANG: "C.UTF-8",
    HOSTNAME: node.name,
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  };
}
