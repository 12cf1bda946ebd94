import { VM_OPTIONS } from "../../api/vm-parameters.ts";
import { PveError } from "../../state/pve-error.ts";
import type { Call, LabCommand } from "../command.ts";
import { runAsRoot } from "./call-as-root.ts";
import type { OptionKinds, PveArguments } from "./pve-options.ts";
import { pveTool, type Subcommand } from "./pve-subcommands.ts";
import { monitor, sendkey } from "./qm-monitor.ts";
import { config, list, pending, set, showcmd, status } from "./qm-show.ts";

const VALUES: OptionKinds = Object.fromEntries(Object.keys(VM_OPTIONS).map((name) => [name, "value" as const]));

/** A subcommand that is one call of the API below the machine's path, followed to its end. */
function apiCommand(
  usage: string,
  suffix: string,
  options: OptionKinds,
  method: "POST" | "DELETE" = "POST",
): Subcommand {
  return {
    usage,
    operands: 1,
    options,
    run: (call, { operands, options: given }) =>
      runAsRoot(call, method, `/nodes/${call.node.name}/qemu/${operands[0]}${suffix}`, given),
  };
}

const TIMEOUT: OptionKinds = { timeout: "value", skiplock: "flag" };

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  config: {
    usage: "config <vmid> [OPTIONS]",
    operands: 1,
    options: { current: "flag", snapshot: "value" },
    run: config,
  },
  create: {
    usage: "create <vmid> [OPTIONS]",
    operands: 1,
    options: {
      ...VALUES,
      start: "flag",
      pool: "value",
      storage: "value",
      force: "flag",
      unique: "flag",
      bwlimit: "value",
    },
    run: async (call, { operands: [vmid = ""], options }) =>
      runAsRoot(call, "POST", `/nodes/${call.node.name}/qemu`, { ...(await withKeys(call, options)), vmid }),
  },
  destroy: apiCommand(
    "destroy <vmid> [OPTIONS]",
    "",
    { purge: "flag", skiplock: "flag", "destroy-unreferenced-disks": "flag" },
    "DELETE",
  ),
  disk: {
    usage: "disk resize <vmid> <disk> <size> [OPTIONS]",
    operands: 4,
    options: { digest: "value" },
    run: diskResize,
  },
  list: { usage: "list [OPTIONS]", operands: 0, options: { full: "flag" }, run: list },
  migrate: {
    usage: "migrate <vmid> <target> [OPTIONS]",
    operands: 2,
    options: {
      ...{ online: "flag", force: "flag", migration_type: "value", migration_network: "value", targetstorage: "value" },
      ...{ "with-local-disks": "flag", "with-conntrack-state": "flag", bwlimit: "value" },
    },
    run: (call, { operands: [vmid = "", target = ""], options }) =>
      runAsRoot(call, "POST", `/nodes/${call.node.name}/qemu/${vmid}/migrate`, { ...options, target }),
  },
  monitor: { usage: "monitor <vmid>", operands: 1, options: {}, run: monitor },
  pending: { usage: "pending <vmid>", operands: 1, options: {}, run: pending },
  reboot: apiCommand("reboot <vmid> [OPTIONS]", "/status/reboot", { timeout: "value" }),
  reset: apiCommand("reset <vmid> [OPTIONS]", "/status/reset", { skiplock: "flag" }),
  resize: { usage: "resize <vmid> <disk> <size> [OPTIONS]", operands: 3, options: { digest: "value" }, run: resize },
  sendkey: { usage: "sendkey <vmid> <key> [OPTIONS]", operands: 2, options: { skiplock: "flag" }, run: sendkey },
  set: {
    usage: "set <vmid> [OPTIONS]",
    operands: 1,
    options: { ...VALUES, delete: "value", revert: "value", digest: "value", force: "flag", skiplock: "flag" },
    run: set,
  },
  showcmd: {
    usage: "showcmd <vmid> [OPTIONS]",
    operands: 1,
    options: { pretty: "flag", snapshot: "value" },
    run: showcmd,
  },
  shutdown: apiCommand("shutdown <vmid> [OPTIONS]", "/status/shutdown", {
    ...TIMEOUT,
    forceStop: "flag",
    keepActive: "flag",
  }),
  start: apiCommand("start <vmid> [OPTIONS]", "/status/start", { ...TIMEOUT, machine: "value", "force-cpu": "value" }),
  status: { usage: "status <vmid> [OPTIONS]", operands: 1, options: { verbose: "flag" }, run: status },
  stop: apiCommand("stop <vmid> [OPTIONS]", "/status/stop", {
    ...TIMEOUT,
    keepActive: "flag",
    "overrule-shutdown": "flag",
  }),
};

/** The manager of virtual machines: everything goes through the node's API, so all doors agree. */
export const qm: LabCommand = pveTool("qm", SUBCOMMANDS);

/** Of `--sshkeys` the tool takes the name of a file; what is kept is its text, encoded. */
async function withKeys({ fs, cwd }: Call, options: PveArguments["options"]): Promise<PveArguments["options"]> {
  const { sshkeys } = options;
  if (sshkeys === undefined) return options;
  const text = await fs.readFile(fs.resolvePath(cwd, sshkeys)).catch(() => undefined);
  if (text === undefined) throw new PveError(`can't open '${sshkeys}' - No such file or directory`);
  return { ...options, sshkeys: encodeURIComponent(text) };
}

function resize(call: Parameters<Subcommand["run"]>[0], { operands, options }: PveArguments): Promise<number> {
  const [vmid = "", disk = "", size = ""] = operands;
  return runAsRoot(call, "PUT", `/nodes/${call.node.name}/qemu/${vmid}/resize`, { ...options, disk, size });
}

async function diskResize(call: Parameters<Subcommand["run"]>[0], given: PveArguments): Promise<number> {
  const [verb = "", ...operands] = given.operands;
  if (verb === "resize") return await resize(call, { ...given, operands });
  call.err(`ERROR: unknown command 'qm disk ${verb}'\n`);
  return 255;
}
