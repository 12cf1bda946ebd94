import { PveError } from "../../state/pve-error.ts";
import type { Call, LabCommand } from "../command.ts";
import { type OptionKinds, type PveArguments, parsePveArguments, UnknownOption } from "./pve-options.ts";
import { addToCluster } from "./pvecm-add.ts";
import { createCommand, delnode, expected, nodes, status, updatecerts } from "./pvecm-cluster.ts";

/** One subcommand: how it is written, what it takes, what it does. */
interface Subcommand {
  readonly usage: string;
  readonly operands: readonly string[];
  readonly options: OptionKinds;
  run(call: Call, given: PveArguments): number | Promise<number>;
}

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  add: {
    usage: "add <hostname> [OPTIONS]",
    operands: ["hostname"],
    options: {
      fingerprint: "value",
      force: "flag",
      "link[n]": "value",
      nodeid: "value",
      use_ssh: "flag",
      votes: "value",
    },
    run: addToCluster,
  },
  apiver: { usage: "apiver", operands: [], options: {}, run: ({ out }) => print(out, "1\n") },
  create: {
    usage: "create <clustername> [OPTIONS]",
    operands: ["clustername"],
    options: { "link[n]": "value", nodeid: "value", votes: "value", "token-coefficient": "value" },
    run: createCommand,
  },
  delnode: { usage: "delnode <node>", operands: ["node"], options: {}, run: delnode },
  expected: { usage: "expected <expected>", operands: ["expected"], options: {}, run: expected },
  nodes: { usage: "nodes", operands: [], options: {}, run: nodes },
  status: { usage: "status", operands: [], options: {}, run: status },
  updatecerts: {
    usage: "updatecerts  [OPTIONS]",
    operands: [],
    options: { force: "flag", silent: "flag", "unmerge-known-hosts": "flag" },
    run: updatecerts,
  },
};

/** Proxmox's cluster manager. */
export const pvecm: LabCommand = {
  name: "pvecm",
  async run(call) {
    const [name, ...args] = call.args;
    if (name === "help") return print(call.out, usageOfAll());
    const subcommand = name === undefined ? undefined : SUBCOMMANDS[name];
    if (!subcommand) {
      call.err(name === undefined ? "ERROR: no command specified\n" : `ERROR: unknown command 'pvecm ${name}'\n`);
      call.err(usageOfAll());
      return 255;
    }
    const given = readArguments(call, subcommand, args);
    if (typeof given === "number") return given;
    try {
      return await subcommand.run(call, given);
    } catch (error) {
      if (!(error instanceof PveError)) throw error;
      if (error.status === 400 && error.errors)
        return refuse(call, subcommand, `${error.message}\n${describe(error.errors)}`);
      call.err(`${error.message.replace(/\n?$/, "\n")}`);
      return call.node.database.corosync || name === "create" ? 255 : 2;
    }
  },
};

function readArguments(call: Call, subcommand: Subcommand, args: readonly string[]): PveArguments | number {
  try {
    const given = parsePveArguments(args, subcommand.options);
    if (given.operands.length < subcommand.operands.length) return refuse(call, subcommand, "not enough arguments\n");
    if (given.operands.length > subcommand.operands.length) return refuse(call, subcommand, "too many arguments\n");
    return given;
  } catch (error) {
    if (!(error instanceof UnknownOption)) throw error;
    call.err(`${error.message}\n`);
    return refuse(call, subcommand, "unable to parse option\n");
  }
}

function refuse(call: Call, subcommand: Subcommand, text: string): number {
  call.err(`400 ${text}pvecm ${subcommand.usage}\n`);
  return 255;
}

function describe(errors: Readonly<Record<string, string>>): string {
  return Object.entries(errors)
    .map(([name, text]) => `${name}: ${text}\n`)
    .join("");
}

function usageOfAll(): string {
  const lines = Object.values(SUBCOMMANDS).map((subcommand) => `       pvecm ${subcommand.usage}\n`);
  return `USAGE: pvecm <COMMAND> [ARGS] [OPTIONS]\n\n${lines.join("")}`;
}

function print(out: (text: string) => void, text: string): number {
  out(text);
  return 0;
}
