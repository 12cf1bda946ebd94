import { type Command, decodeBytesToUtf8, defineCommand, type ExecResult } from "just-bash";
import type { NodeState } from "../state/node.ts";
import { errorText } from "../state/pve-error.ts";
import type { World } from "../state/world.ts";
import type { Call, LabCommand } from "./command.ts";
import { NO_INPUT } from "./input.ts";
import type { Io } from "./io.ts";
import type { Process } from "./process-table.ts";
import { DIRECT } from "./streamed.ts";

/** What a command's runs have in common in one shell. */
export interface ShellContext {
  readonly world: World;
  readonly node: NodeState;
  readonly io: Io;
  readonly process: Process;
  readonly traps: Map<string, string>;
  /** Runs a script on another node until the signal; gives its exit code. */
  runOn(target: NodeState, script: string, io: Io, signal: AbortSignal): Promise<number>;
  /** Renewed at each Ctrl-C; ends the running command only. */
  interrupt(): AbortSignal;
}

/** Presents one of the lab's commands to just-bash. */
export function toBashCommand(command: LabCommand, shell: ShellContext): Command {
  return defineCommand(command.name, async (args, context) => {
    const { world, node, io, process } = shell;
    const direct = context.env.get(DIRECT) === "1";
    const collected = { stdout: "", stderr: "" };
    const print = (stream: "stdout" | "stderr", text: string) => {
      if (direct) io.write(stream, Buffer.from(text));
      else collected[stream] += text;
    };
    const write: Io["write"] = (stream, chunk) => print(stream, chunk.toString("utf8"));
    const elsewhere: Io = { input: NO_INPUT, terminal: undefined, write };
    const interrupted = shell.interrupt();
    const signals = [process.signal, interrupted, ...(context.signal ? [context.signal] : [])];
    const call: Call = {
      ...{ world, node, args, fs: context.fs, cwd: context.cwd, stdin: decodeBytesToUtf8(context.stdin) },
      ...{
        terminal: io.terminal,
        signal: AbortSignal.any(signals),
        shellPid: process.pid,
        traps: shell.traps,
        context,
      },
      out: (text) => print("stdout", text),
      runOn: (target, script) => shell.runOn(target, script, elsewhere, AbortSignal.any(signals)),
      err: (text) => print("stderr", text),
    };
    return { ...(await exitOf(command, call, interrupted)), ...collected };
  });
}

async function exitOf(
  command: LabCommand,
  call: Call,
  interrupted: AbortSignal,
): Promise<Pick<ExecResult, "exitCode" | "stdoutKind">> {
  try {
    return { exitCode: await command.run(call), stdoutKind: "text" };
  } catch (error) {
    if (interrupted.aborted) return { exitCode: 130 };
    if (call.signal.aborted) return { exitCode: 143 };
    call.err(`constat-lab: ${command.name}: ${errorText(error)}\n`);
    return { exitCode: 70 };
  }
}
