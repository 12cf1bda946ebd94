import { updateText } from "../../api/routes/qemu-config.ts";
import { vmStatus } from "../../api/routes/qemu-status.ts";
import { VM_OPTIONS } from "../../api/vm-parameters.ts";
import { bootDiskSize, guestMemory, guestName } from "../../state/guest.ts";
import { vmOn } from "../../state/guest-place.ts";
import { PveError, parameterError } from "../../state/pve-error.ts";
import { setVm } from "../../state/vm-config.ts";
import type { Call } from "../command.ts";
import { callAsRoot } from "./call-as-root.ts";
import type { PveArguments } from "./pve-options.ts";
import { kvmCommand } from "./qm-showcmd.ts";

/** `qm list`: the machines of this node. */
export function list({ node, out }: Call): number {
  const row = (cells: readonly string[]) => {
    const [vmid = "", name = "", status = "", memory = "", disk = "", pid = ""] = cells;
    out(
      `${vmid.padStart(10)} ${name.padEnd(20)} ${status.padEnd(10)} ${memory.padEnd(10)} ${disk.padStart(12)} ${pid.padEnd(10)}\n`,
    );
  };
  const guests = [...node.guests.values()].filter((guest) => guest.type === "qemu").sort((a, b) => a.vmid - b.vmid);
  if (guests.length > 0) row(["VMID", "NAME", "STATUS", "MEM(MB)", "BOOTDISK(GB)", "PID"]);
  for (const guest of guests) {
    const gib = (bootDiskSize(guest) / 2 ** 30).toFixed(2);
    const memory = String(guestMemory(guest) / 2 ** 20);
    row([String(guest.vmid), guestName(guest), guest.status, memory, gib, String(guest.pid ?? 0)]);
  }
  return 0;
}

/** `qm status`, one line, or everything with --verbose. */
export function status({ world, node, out }: Call, { operands, options }: PveArguments): number {
  const guest = vmOn(node, numberIn(operands[0]));
  if (options["verbose"] === undefined) {
    out(`status: ${guest.status}\n`);
    return 0;
  }
  const { ha: _, cpu: __, ...values } = vmStatus(world, node, guest);
  print(out, values, "");
  return 0;
}

function print(out: Call["out"], values: Readonly<Record<string, unknown>>, indent: string): void {
  for (const [key, value] of Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (typeof value !== "object" || value === null) out(`${indent}${key}: ${value}\n`);
    else {
      out(`${indent}${key}:\n`);
      print(out, value as Readonly<Record<string, unknown>>, `${indent}\t`);
    }
  }
}

/** `qm config`: the keys by name. */
export async function config(call: Call, { operands, options }: PveArguments): Promise<number> {
  const path = `/nodes/${call.node.name}/qemu/${numberIn(operands[0])}/config`;
  const { digest: _, ...values } = (await callAsRoot(call, "GET", path, options)) as Record<string, unknown>;
  print(call.out, values, "");
  return 0;
}

/** `qm pending`: what is, and what the next start changes. */
export async function pending(call: Call, { operands }: PveArguments): Promise<number> {
  const path = `/nodes/${call.node.name}/qemu/${numberIn(operands[0])}/pending`;
  const rows = (await callAsRoot(call, "GET", path)) as readonly PendingRow[];
  for (const { key, value, pending: waiting, delete: removed } of rows) {
    if (key === "digest") continue;
    if (removed !== undefined) call.out(`del ${key}: ${value}\n`);
    else {
      if (value !== undefined) call.out(`cur ${key}: ${value}\n`);
      if (waiting !== undefined) call.out(`new ${key}: ${waiting}\n`);
    }
  }
  return 0;
}

interface PendingRow {
  readonly key: string;
  readonly value?: unknown;
  readonly pending?: unknown;
  readonly delete?: number;
}

/** `qm set`: says what it is about to do before it knows whether it may. */
export function set({ world, node, out, err }: Call, { operands, options }: PveArguments): number {
  const { delete: deleted = "", revert: _, digest: __, force: ___, skiplock: ____, ...values } = options;
  const guest = vmOn(node, numberIn(operands[0]));
  const deletes = deleted.split(/[ ,;]+/).filter(Boolean);
  if (Object.keys(values).length === 0 && deletes.length === 0) throw new PveError("no options specified");
  const errors: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    const refusal = VM_OPTIONS[name]?.check?.(value);
    if (refusal !== undefined) errors[name] = refusal;
  }
  if (Object.keys(errors).length > 0) throw parameterError(errors);
  const changes = new Map(Object.entries(values));
  out(`update VM ${guest.vmid}: ${updateText(changes, deletes)}\n`);
  setVm(world, node, guest, changes, deletes, (text, channel) => (channel === "err" ? err : out)(text));
  return 0;
}

/** `qm showcmd`: how QEMU would be started. */
export function showcmd({ world, node, out }: Call, { operands, options }: PveArguments): number {
  const guest = vmOn(node, numberIn(operands[0]));
  out(`${kvmCommand(world, node, guest).join(options["pretty"] === undefined ? " " : " \\\n  ")}\n`);
  return 0;
}

/** The number of a machine as given; throws what the tool says about anything else. */
export function numberIn(text = ""): string {
  if (/^[1-9]\d*$/.test(text)) return text;
  throw parameterError({ vmid: `type check ('integer') failed - got '${text}'` });
}
