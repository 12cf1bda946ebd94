import { controlDaemon } from "../../state/ceph/control-daemon.ts";
import { formMembership, loseMembers } from "../../state/membership.ts";
import { powerOn, shutDown } from "../../state/power.ts";
import { restartProxy } from "../../state/restart-proxy.ts";
import { after } from "../../state/schedule.ts";
import type { Call, LabCommand } from "../command.ts";
import { statusText } from "./systemctl-status.ts";
import { type Unit, unitOf, unitsOf } from "./units.ts";

/** systemd's control: status, is-active, is-enabled, start, stop, restart, reload, list-units, show; corosync and pveproxy really change. */
export const systemctl: LabCommand = {
  name: "systemctl",
  async run(call) {
    const [verb = "list-units", ...names] = call.args.filter((arg) => !arg.startsWith("-"));
    switch (verb) {
      case "status":
        return worst(names.map((name) => showStatus(call, name)));
      case "is-active":
        return worst(names.map((name) => tell(call, stateOf(unitOf(call.world, call.node, name)), "active", 3)));
      case "is-enabled":
        return worst(
          names.map((name) => tell(call, unitOf(call.world, call.node, name) ? "enabled" : "not-found", "enabled", 4)),
        );
      case "is-failed":
        return worst(names.map((name) => tell(call, stateOf(unitOf(call.world, call.node, name)), "failed", 1)));
      case "is-system-running":
        return tell(call, "running", "running", 1);
      case "start":
      case "stop":
      case "restart":
      case "reload":
      case "reload-or-restart":
      case "enable":
      case "disable":
        for (const name of names) if (!(await change(call, verb, name))) return 5;
        return 0;
      case "list-units":
        call.out(listUnits(call, names));
        return 0;
      case "daemon-reload":
        return 0;
      case "reboot":
      case "poweroff":
        return turnOff(call, verb);
      default:
        call.err(`constat-lab: « systemctl ${verb} » n’est pas simulé par ce laboratoire\n`);
        return 1;
    }
  },
};

/** `reboot`, `poweroff` and `shutdown`: the node goes down cleanly shortly after the command has answered. */
export function turnOff(call: Call, verb: "reboot" | "poweroff"): number {
  const { world, node } = call;
  after(world, 300, () => {
    shutDown(world, node);
    if (verb === "reboot") after(world, 20_000, () => powerOn(world, node));
  });
  return 0;
}

function showStatus(call: Call, name: string): number {
  const unit = unitOf(call.world, call.node, name);
  if (!unit) {
    call.err(`Unit ${/\./.test(name) ? name : `${name}.service`} could not be found.\n`);
    return 4;
  }
  call.out(statusText(call.world, call.node, unit));
  return unit.sub === "dead" || unit.sub === "failed" ? 3 : 0;
}

function stateOf(unit: Unit | undefined): string {
  if (!unit || unit.sub === "dead") return "inactive";
  return unit.sub === "failed" ? "failed" : "active";
}

function tell(call: Call, state: string, good: string, otherwise: number): number {
  if (!call.args.includes("--quiet") && !call.args.includes("-q")) call.out(`${state}\n`);
  return state === good ? 0 : otherwise;
}

function worst(codes: readonly number[]): number {
  return codes.length === 0 ? 1 : Math.max(...codes);
}

async function change(call: Call, verb: string, name: string): Promise<boolean> {
  const { world, node, signal } = call;
  const unit = unitOf(world, node, name);
  if (!unit) {
    call.err(
      `Failed to ${verb} ${/\./.test(name) ? name : `${name}.service`}: Unit ${/\./.test(name) ? name : `${name}.service`} not found.\n`,
    );
    return false;
  }
  const stops = verb === "stop" || verb === "restart";
  const starts = verb === "start" || verb === "restart" || verb === "reload-or-restart";
  if (unit.name === "pveproxy.service" && starts) await restartProxy(world, node, signal);
  const daemon = /^ceph-(mon|mgr|osd)@(.+)\.service$/.exec(unit.name);
  if (daemon) await controlCeph(call, `${daemon[1]}.${daemon[2]}`, stops, starts);
  if (unit.name !== "corosync.service") return true;
  if (stops && node.corosync.running) {
    node.corosync.running = false;
    node.corosync.members = [];
    // It says goodbye: the others form a new membership at once.
    formMembership(world);
    loseMembers(world);
  }
  if (starts && !node.corosync.running && node.database.corosync) {
    await world.clock.sleep(1500, signal);
    node.corosync.running = true;
    node.corosync.members = [node.name];
    formMembership(world);
  }
  return true;
}

async function controlCeph(
  { world, node, signal }: Call,
  service: string,
  stops: boolean,
  starts: boolean,
): Promise<void> {
  if (!stops && !starts) return;
  await controlDaemon(world, node, service, stops && starts ? "restart" : stops ? "stop" : "start", signal);
}

function listUnits(call: Call, patterns: readonly string[]): string {
  const wanted = patterns.map(
    (pattern) =>
      new RegExp(
        `^${pattern
          .replace(/[.+^${}()|[\]\\]/g, "\\$&")
          .replace(/\*/g, ".*")
          .replace(/\?/g, ".")}$`,
      ),
  );
  const units = unitsOf(call.world, call.node).filter(
    (unit) => unit.sub !== "dead" && (wanted.length === 0 || wanted.some((pattern) => pattern.test(unit.name))),
  );
  const width = Math.max(4, ...units.map((unit) => unit.name.length));
  const lines = units.map(
    (unit) => `  ${unit.name.padEnd(width)} loaded active ${unit.sub.padEnd(7)} ${unit.description}\n`,
  );
  const head = `  ${"UNIT".padEnd(width)} LOAD   ACTIVE SUB     DESCRIPTION\n`;
  const tail = `${units.length} loaded units listed. Pass --all to see loaded but inactive units, too.\nTo show all installed unit files use 'systemctl list-unit-files'.\n`;
  return `${call.args.includes("--no-legend") ? "" : head}${lines.join("")}${call.args.includes("--no-legend") ? "" : `\n${LEGENDS[call.world.dialect]}${tail}`}`;
}

const LEGENDS = {
  "8.4": [
    "LOAD   = Reflects whether the unit definition was properly loaded.",
    "ACTIVE = The high-level unit activation state, i.e. generalization of SUB.",
    "SUB    = The low-level unit activation state, values depend on unit type.",
    "",
  ].join("\n"),
  "9": [
    "Legend: LOAD   → Reflects whether the unit definition was properly loaded.",
    "        ACTIVE → The high-level unit activation state, i.e. generalization of SUB.",
    "        SUB    → The low-level unit activation state, values depend on unit type.",
    "",
    "",
  ].join("\n"),
} as const;
