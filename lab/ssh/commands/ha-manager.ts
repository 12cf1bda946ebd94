import { renderGroups, resourceOf, section } from "../../state/ha/ha-config.ts";
import { armHa, disarmHa, refusal, setMaintenance } from "../../state/ha/ha-requests.ts";
import { managerStatus } from "../../state/ha/ha-status.ts";
import { PveError } from "../../state/pve-error.ts";
import type { Call, LabCommand } from "../command.ts";
import { callAsRoot } from "./call-as-root.ts";
import { haRules } from "./ha-rules.ts";
import type { OptionKinds } from "./pve-options.ts";
import { pveTool, type Subcommand } from "./pve-subcommands.ts";
import { formatAnswer } from "./pvesh-format.ts";

const RESOURCE: OptionKinds = {
  ...{ state: "value", max_restart: "value", max_relocate: "value", comment: "value", group: "value" },
  ...{ failback: "value", type: "value" },
};
const GROUP: OptionKinds = { nodes: "value", nofailback: "flag", restricted: "flag", comment: "value" };
const RESOURCES = "/cluster/ha/resources";
const GROUPS = "/cluster/ha/groups";

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  add: {
    usage: "add <sid> [OPTIONS]",
    operands: 1,
    options: RESOURCE,
    run: (call, { operands: [sid = ""], options }) => quiet(callAsRoot(call, "POST", RESOURCES, { ...options, sid })),
  },
  config: { usage: "config  [OPTIONS]", operands: 0, options: { type: "value" }, run: config },
  groupadd: {
    usage: "groupadd <group> --nodes <string> [OPTIONS]",
    operands: 1,
    options: GROUP,
    run: (call, { operands: [group = ""], options }) => quiet(callAsRoot(call, "POST", GROUPS, { ...options, group })),
  },
  groupconfig: { usage: "groupconfig", operands: 0, options: {}, run: groupconfig },
  groupremove: {
    usage: "groupremove <group>",
    operands: 1,
    options: {},
    run: (call, { operands: [group = ""] }) => quiet(callAsRoot(call, "DELETE", `${GROUPS}/${group}`)),
  },
  groupset: {
    usage: "groupset <group> [OPTIONS]",
    operands: 1,
    options: { ...GROUP, delete: "value", digest: "value" },
    run: (call, { operands: [group = ""], options }) => quiet(callAsRoot(call, "PUT", `${GROUPS}/${group}`, options)),
  },
  migrate: {
    usage: "migrate <sid> <node>",
    operands: 2,
    options: {},
    run: (call, given) => move(call, "migrate", given.operands),
  },
  relocate: {
    usage: "relocate <sid> <node>",
    operands: 2,
    options: {},
    run: (call, given) => move(call, "relocate", given.operands),
  },
  remove: {
    usage: "remove <sid>",
    operands: 1,
    options: { purge: "flag" },
    run: (call, { operands: [sid = ""] }) => quiet(callAsRoot(call, "DELETE", `${RESOURCES}/${sid}`)),
  },
  set: {
    usage: "set <sid> [OPTIONS]",
    operands: 1,
    options: { ...RESOURCE, delete: "value", digest: "value" },
    run: (call, { operands: [sid = ""], options }) => quiet(callAsRoot(call, "PUT", `${RESOURCES}/${sid}`, options)),
  },
  status: { usage: "status [OPTIONS]", operands: 0, options: { verbose: "flag" }, run: status },
};

const CRM: Readonly<Record<string, Subcommand>> = {
  "arm-ha": {
    usage: "arm-ha",
    operands: 0,
    options: {},
    run({ node }) {
      armHa(node);
      return 0;
    },
  },
  "disarm-ha": { usage: "disarm-ha <resource-mode>", operands: 1, options: {}, run: disarm },
  migrate: {
    usage: "migrate <sid> <node>",
    operands: 2,
    options: {},
    run: (call, given) => move(call, "migrate", given.operands),
  },
  "node-maintenance": { usage: "node-maintenance <enable|disable> <node>", operands: 2, options: {}, run: maintenance },
  relocate: {
    usage: "relocate <sid> <node>",
    operands: 2,
    options: {},
    run: (call, given) => move(call, "relocate", given.operands),
  },
};

const main = pveTool("ha-manager", SUBCOMMANDS);
const crm = pveTool("ha-manager crm-command", CRM);

/** The tool of the HA stack: resources, groups (8), rules (9), commands to the manager. */
export const haManager: LabCommand = {
  name: "ha-manager",
  run(call) {
    const [verb, ...args] = call.args;
    if (verb === "crm-command") return crm.run({ ...call, args });
    if (verb === "rules" && call.world.dialect === "9") return haRules.run({ ...call, args });
    return main.run(call);
  },
};

async function quiet(answer: Promise<unknown>): Promise<number> {
  await answer;
  return 0;
}

async function status(
  call: Call,
  { options }: { readonly options: Readonly<Record<string, string>> },
): Promise<number> {
  const data = await callAsRoot(call, "GET", "/cluster/ha/status/current");
  const entries: readonly Readonly<Record<string, unknown>>[] = Array.isArray(data) ? data : [];
  for (const entry of entries) call.out(`${String(entry["type"])} ${String(entry["status"])}\n`);
  if (options["verbose"] === undefined) return 0;
  call.out(`full cluster state:\n${formatAnswer(managerStatus(call.node), "json-pretty", "")}`);
  return 0;
}

function config({ node, out }: Call): number {
  for (const { sid, vmid: _vmid, ...rest } of node.database.ha.resources) out(section(sid, rest));
  return 0;
}

async function groupconfig(call: Call): Promise<number> {
  await callAsRoot(call, "GET", GROUPS);
  call.out(renderGroups(call.node.database.ha));
  return 0;
}

async function move(
  call: Call,
  verb: "migrate" | "relocate",
  [sid = "", target = ""]: readonly string[],
): Promise<number> {
  const answer = await callAsRoot(call, "POST", `${RESOURCES}/${sid}/${verb}`, { node: target });
  const blocking = (answer as { "blocking-resources"?: readonly { readonly sid: string }[] } | null)?.[
    "blocking-resources"
  ];
  if (!blocking) return 0;
  const name = resourceOf(call.node, sid).sid;
  const others = blocking.map((each) => each.sid);
  call.err(refusal(name, target, others));
  return 2;
}

function maintenance(
  { world, node }: Call,
  { operands: [word = "", name = ""] }: { readonly operands: readonly string[] },
): number {
  if (word !== "enable" && word !== "disable")
    throw new PveError(`unknown command 'ha-manager crm-command node-maintenance ${word}'`);
  setMaintenance(world, node, name, word === "enable");
  return 0;
}

async function disarm(
  call: Call,
  { operands: [mode = ""] }: { readonly operands: readonly string[] },
): Promise<number> {
  if (call.world.dialect === "8.4") throw new PveError("unknown command 'ha-manager crm-command disarm-ha'");
  if (mode !== "freeze" && mode !== "ignore") {
    await callAsRoot(call, "POST", "/cluster/ha/status/disarm-ha", { "resource-mode": mode });
    return 255;
  }
  disarmHa(call.world, call.node, mode);
  return 0;
}
