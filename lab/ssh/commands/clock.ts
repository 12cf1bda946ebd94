import { latin1FromBytes } from "just-bash";
import type { LabCommand } from "../command.ts";
import { shellQuote } from "../shell-words.ts";
import { parseFlags } from "./flags.ts";

/** `date` on the lab's clock; formats, -u, -I, -R and `-d @SECONDS` are those of just-bash's. */
export const date: LabCommand = {
  name: "date",
  async run({ args, world, context, out, err }) {
    const given = args.some((arg) => /^(?:-d|--date|-r|-f)/.test(arg))
      ? args
      : ["-d", `@${world.clock.seconds()}`, ...args];
    const result = await context.origCommand?.([...given]);
    out(result?.stdout ?? "");
    err(result?.stderr ?? "");
    return result?.exitCode ?? 1;
  },
};

/** `sleep` on the lab's clock: several operands add up, with s, m, h or d. */
export const sleep: LabCommand = {
  name: "sleep",
  async run({ args, world, signal, err }) {
    const spans = args.map(spanOf);
    const wrong = spans.indexOf(undefined);
    if (args.length === 0 || wrong >= 0) {
      err(args.length === 0 ? "sleep: missing operand\n" : `sleep: invalid time interval '${args[wrong]}'\n`);
      err("Try 'sleep --help' for more information.\n");
      return 1;
    }
    await world.clock.sleep(
      spans.reduce<number>((sum, span) => sum + (span ?? 0), 0),
      signal,
    );
    return 0;
  },
};

/** `timeout` on the lab's clock: exit 124, or 137 with -s KILL, when the command took too long. */
export const timeout: LabCommand = {
  name: "timeout",
  async run({ args, world, signal, context, cwd, out, err }) {
    const { flags, operands } = splitAtCommand(args);
    const [span, ...command] = operands;
    const limit = spanOf(span ?? "");
    if (limit === undefined || command.length === 0) {
      err(
        limit === undefined && span !== undefined
          ? `timeout: invalid time interval '${span}'\n`
          : "timeout: missing operand\n",
      );
      err("Try 'timeout --help' for more information.\n");
      return 125;
    }
    const over = new AbortController();
    const waiting =
      limit === 0
        ? undefined
        : world.clock.sleep(limit, AbortSignal.any([signal, over.signal])).then(
            () => "late" as const,
            () => undefined,
          );
    const stop = new AbortController();
    const inner = context.exec?.(command.map(shellQuote).join(" "), {
      cwd,
      signal: AbortSignal.any([signal, stop.signal]),
      stdin: latin1FromBytes(context.stdin),
      stdinKind: "bytes",
    });
    const first = await Promise.race([inner, waiting ?? inner]);
    if (first === "late") stop.abort(new Error("timeout"));
    const result = await inner;
    over.abort();
    out(result?.stdout ?? "");
    // What just-bash says about its own end is not the command's.
    err((result?.stderr ?? "").replace("bash: execution aborted\n", ""));
    signal.throwIfAborted();
    if (first !== "late") return result?.exitCode ?? 0;
    return /^(?:SIG)?KILL$|^9$/.test(flags.get("s") ?? "") ? 137 : 124;
  },
};

/** Options end at the first operand, as the rest belongs to the command. */
function splitAtCommand(args: readonly string[]) {
  let at = 0;
  while (args[at]?.startsWith("-")) at += /^-[sk]$/.test(args[at] ?? "") ? 2 : 1;
  return { flags: parseFlags(args.slice(0, at), "sk").flags, operands: args.slice(at) };
}

function spanOf(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?|\.\d+)([smhd]?)$/.exec(text);
  if (!match) return undefined;
  const units: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600, d: 86_400 };
  return Number(match[1]) * (units[match[2] ?? ""] ?? 1) * 1000;
}
