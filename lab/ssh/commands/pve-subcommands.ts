import { PveError } from "../../state/pve-error.ts";
import type { Call, LabCommand } from "../command.ts";
import { type OptionKinds, type PveArguments, parsePveArguments, UnknownOption } from "./pve-options.ts";

/** One subcommand of a Proxmox tool: how it is written, what it takes, what it does. */
export interface Subcommand {
  /** "start <vmid> [OPTIONS]" */
  readonly usage: string;
  /** How many operands it needs. */
  readonly operands: number;
  readonly options: OptionKinds;
  run(call: Call, given: PveArguments): number | Promise<number>;
}

/** A Proxmox tool with subcommands: reads the line, refuses what is wrong with it, prints an error's text. */
export function pveTool(name: string, subcommands: Readonly<Record<string, Subcommand>>): LabCommand {
  return {
    name,
    async run(call) {
      const [first, ...args] = call.args;
      if (first === "help") {
        call.out(usageOfAll(name, subcommands));
        return 0;
      }
      const subcommand = first === undefined ? undefined : subcommands[first];
      if (!subcommand) {
        call.err(first === undefined ? "ERROR: no command specified\n" : `ERROR: unknown command '${name} ${first}'\n`);
        call.err(usageOfAll(name, subcommands));
        return 255;
      }
      return await runSubcommand(call, name, subcommand, args);
    },
  };
}

async function runSubcommand(
  call: Call,
  tool: string,
  subcommand: Subcommand,
  args: readonly string[],
): Promise<number> {
  const refuse = (text: string) => {
    call.err(`400 ${text}${tool} ${subcommand.usage}\n`);
    return 255;
  };
  try {
    const given = parsePveArguments(args, subcommand.options);
    if (given.operands.length < subcommand.operands) return refuse("not enough arguments\n");
    if (given.operands.length > subcommand.operands) return refuse("too many arguments\n");
    return await subcommand.run(call, given);
  } catch (error) {
    if (error instanceof UnknownOption) {
      call.err(`${error.message}\n`);
      return refuse("unable to parse option\n");
    }
    if (!(error instanceof PveError)) throw error;
    if (error.status === 400 && error.errors) return refuse(`${error.message}\n${describe(error.errors)}`);
    call.err(error.message.replace(/\n?$/, "\n"));
    return exitOf(call, error.message);
  }
}

/** The numbers are accidents of Perl's errno on real nodes; these are the recorded ones. */
function exitOf({ world }: Call, message: string): number {
  if (message.startsWith("Configuration file")) return 2;
  if (/^resource '\S+' does not exist in cluster/.test(message)) return 17;
  if (message.includes("ha groups have been migrated to rules")) return 2;
  return world.dialect === "8.4" && message.startsWith("no such cluster node") ? 2 : 255;
}

function describe(errors: Readonly<Record<string, string>>): string {
  return Object.entries(errors)
    .map(([name, text]) => `${name}: ${text}\n`)
    .join("");
}

function usageOfAll(tool: string, subcommands: Readonly<Record<string, Subcommand>>): string {
  const lines = Object.values(subcommands).map((subcommand) => `       ${tool} ${subcommand.usage}\n`);
  return `USAGE: ${tool} <COMMAND> [ARGS] [OPTIONS]\n\n${lines.join("")}`;
}
