import type { LabCommand } from "../command.ts";
import { shellQuote } from "../shell-words.ts";
import { DIRECT } from "../streamed.ts";

/** `bash -s` reads its script from standard input, which just-bash's own cannot; everything else is just-bash's. */
function shellCommand(name: "bash" | "sh"): LabCommand {
  return {
    name,
    async run({ args, stdin, cwd, signal, context, out, err }) {
      // What runs inside may be piped: nothing in there writes to the client past the pipe.
      context.env.delete(DIRECT);
      const at = args.indexOf("-s");
      const fromInput = at >= 0 || args.every((arg) => arg.startsWith("--no"));
      if (!fromInput) {
        const result = await context.origCommand?.([...args.filter((arg) => !arg.startsWith("--no"))]);
        out(result?.stdout ?? "");
        err(result?.stderr ?? "");
        return result?.exitCode ?? 127;
      }
      const parameters = at < 0 ? [] : args.slice(at + 1).filter((arg) => arg !== "--");
      const prefix = parameters.length === 0 ? "" : `set -- ${parameters.map(shellQuote).join(" ")}; `;
      const result = await context.exec?.(prefix + stdin, {
        cwd,
        signal,
        ...(context.exportedEnv ? { env: context.exportedEnv } : {}),
      });
      out(result?.stdout ?? "");
      err(result?.stderr ?? "");
      return result?.exitCode ?? 127;
    },
  };
}

export const bash = shellCommand("bash");
export const sh = shellCommand("sh");
