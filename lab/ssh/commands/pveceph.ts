import { assertInitialised } from "../../state/ceph/assert-ceph.ts";
import { initCeph } from "../../state/ceph/init-ceph.ts";
import { PveError } from "../../state/pve-error.ts";
import type { Call, LabCommand } from "../command.ts";
import { runAsRoot } from "./call-as-root.ts";
import { ceph } from "./ceph.ts";
import { type OptionKinds, type PveArguments, parsePveArguments, UnknownOption } from "./pve-options.ts";
import { installCommand } from "./pveceph-install.ts";
import { poolList, poolSettings } from "./pveceph-pools.ts";

interface Subcommand {
  readonly operands: readonly string[];
  readonly options: OptionKinds;
  run(call: Call, given: PveArguments): number | Promise<number>;
}

const values = (...names: readonly string[]): OptionKinds => Object.fromEntries(names.map((name) => [name, "value"]));
const flags = (...names: readonly string[]): OptionKinds => Object.fromEntries(names.map((name) => [name, "flag"]));

const POOL = {
  ...values("size", "min_size", "pg_num", "pg_num_min", "pg_autoscale_mode", "crush_rule", "application"),
  ...values("target_size", "target_size_ratio"),
};
const OUTPUT = { ...values("output-format"), ...flags("noborder", "noheader") };

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  init: {
    operands: [],
    options: { ...values("network", "cluster-network", "size", "min_size", "pg_bits"), ...flags("disable_cephx") },
    run: init,
  },
  install: {
    operands: [],
    options: { ...values("repository", "version"), ...flags("allow-experimental") },
    run: installCommand,
  },
  "mgr create": { operands: [], options: values("id"), run: (call) => onNode(call, "POST", `mgr/${call.node.name}`) },
  "mgr destroy": {
    operands: ["id"],
    options: {},
    run: (call, { operands }) => onNode(call, "DELETE", `mgr/${operands[0]}`),
  },
  "mon create": {
    operands: [],
    options: values("mon-address", "monid"),
    run: (call) => onNode(call, "POST", `mon/${call.node.name}`),
  },
  "mon destroy": {
    operands: ["monid"],
    options: {},
    run: (call, { operands }) => onNode(call, "DELETE", `mon/${operands[0]}`),
  },
  "osd create": {
    operands: ["dev"],
    options: { ...values("crush-device-class", "osds-per-device"), ...flags("encrypted") },
    run: (call, { operands: [dev = ""], options }) => onNode(call, "POST", "osd", { dev, ...options }),
  },
  "osd destroy": {
    operands: ["osdid"],
    options: flags("cleanup"),
    run: (call, { operands: [id = ""], options }) => onNode(call, "DELETE", `osd/${id}`, options),
  },
  "pool create": {
    operands: ["name"],
    options: { ...POOL, ...flags("add_storages") },
    run: (call, { operands: [name = ""], options }) => onNode(call, "POST", "pool", { name, ...options }),
  },
  "pool destroy": {
    operands: ["name"],
    options: flags("force", "remove_storages", "remove_ecprofile"),
    run: (call, { operands: [name = ""], options }) => onNode(call, "DELETE", `pool/${name}`, options),
  },
  "pool get": { operands: ["name"], options: OUTPUT, run: poolSettings },
  "pool ls": { operands: [], options: OUTPUT, run: poolList },
  "pool set": {
    operands: ["name"],
    options: POOL,
    run: (call, { operands: [name = ""], options }) => onNode(call, "PUT", `pool/${name}`, options),
  },
  start: {
    operands: [],
    options: values("service"),
    run: (call, { options }) => onNode(call, "POST", "start", options),
  },
  status: { operands: [], options: {}, run: status },
  stop: { operands: [], options: values("service"), run: (call, { options }) => onNode(call, "POST", "stop", options) },
};

const ALIASES: Readonly<Record<string, string>> = {
  createmgr: "mgr create",
  createmon: "mon create",
  createosd: "osd create",
  createpool: "pool create",
  destroymgr: "mgr destroy",
  destroymon: "mon destroy",
  destroyosd: "osd destroy",
  destroypool: "pool destroy",
  lspools: "pool ls",
};

/** Proxmox's manager of Ceph. */
export const pveceph: LabCommand = {
  name: "pveceph",
  async run(call) {
    const { name, rest } = find(call.args);
    const subcommand = name === undefined ? undefined : SUBCOMMANDS[name];
    if (name === undefined || !subcommand) {
      const [first] = call.args;
      call.err(first === undefined ? "ERROR: no command specified\n" : `ERROR: unknown command 'pveceph ${first}'\n`);
      call.err(`USAGE: pveceph <COMMAND> [ARGS] [OPTIONS]\n\n${usages()}`);
      return 255;
    }
    try {
      const given = parsePveArguments(rest, subcommand.options);
      if (given.operands.length < subcommand.operands.length) return refuse(call, name, "not enough arguments\n");
      if (given.operands.length > subcommand.operands.length) return refuse(call, name, "too many arguments\n");
      return await subcommand.run(call, given);
    } catch (error) {
      if (error instanceof UnknownOption) {
        call.err(`${error.message}\n`);
        return refuse(call, name, "unable to parse option\n");
      }
      if (!(error instanceof PveError)) throw error;
      if (error.errors) return refuse(call, name, `${error.message}\n${describe(error.errors)}`);
      call.err(error.message.replace(/\n?$/, "\n"));
      // The numbers are accidents of Perl's errno; these are the recorded ones.
      return /^(?:pveceph configuration|not a valid block|binary not)/.test(error.message) ? 2 : 255;
    }
  },
};

function find(args: readonly string[]): { readonly name: string | undefined; readonly rest: readonly string[] } {
  const [first = "", second = ""] = args;
  const alias = ALIASES[first];
  if (alias !== undefined) return { name: alias, rest: args.slice(1) };
  if (Object.hasOwn(SUBCOMMANDS, first)) return { name: first, rest: args.slice(1) };
  const both = `${first} ${second}`;
  return { name: Object.hasOwn(SUBCOMMANDS, both) ? both : undefined, rest: args.slice(2) };
}

function init(call: Call, { options }: PveArguments): number {
  const { network, "cluster-network": clusterNetwork, size, min_size: minSize } = options;
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  const request = { network, clusterNetwork, size: number(size), minSize: number(minSize) };
  initCeph(call.node, request, (text) => call.out(text));
  return 0;
}

async function status(call: Call): Promise<number> {
  assertInitialised(call.node);
  return await ceph.run({ ...call, args: ["-s"] });
}

async function onNode(
  call: Call,
  method: "POST" | "PUT" | "DELETE",
  path: string,
  params: Readonly<Record<string, string>> = {},
): Promise<number> {
  return await runAsRoot(call, method, `/nodes/${call.node.name}/ceph/${path}`, params);
}

function refuse(call: Call, name: string, text: string): number {
  call.err(`400 ${text}pveceph ${usage(name)}\n`);
  return 255;
}

function usage(name: string): string {
  const operands = (SUBCOMMANDS[name]?.operands ?? []).map((operand) => ` <${operand}>`).join("");
  return `${name}${operands} [OPTIONS]`;
}

function usages(): string {
  return Object.keys(SUBCOMMANDS)
    .map((name) => `       pveceph ${usage(name)}\n`)
    .join("");
}

function describe(errors: Readonly<Record<string, string>>): string {
  return Object.entries(errors)
    .map(([name, text]) => `${name}: ${text}\n`)
    .join("");
}
