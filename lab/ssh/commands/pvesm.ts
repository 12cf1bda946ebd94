import { allocateVolume } from "../../state/allocate-volume.ts";
import { parseSize } from "../../state/guest-disks.ts";
import { PveError } from "../../state/pve-error.ts";
import { addStorage, changeStorage, removeStorage } from "../../state/storage-config.ts";
import { storagesOf, storageUsage } from "../../state/usage.ts";
import { storageOf, storageOn, volumePath, volumesIn } from "../../state/volumes.ts";
import type { Call, LabCommand } from "../command.ts";
import { runAsRoot } from "./call-as-root.ts";
import type { OptionKinds, PveArguments } from "./pve-options.ts";
import { pveTool, type Subcommand } from "./pve-subcommands.ts";

const OPTIONS: OptionKinds = Object.fromEntries([
  ...["content", "nodes", "path", "pool", "vgname", "thinpool", "monhost", "username", "format", "prune-backups"].map(
    (name) => [name, "value" as const],
  ),
  ...[
    "preallocation",
    "blocksize",
    "data-pool",
    "namespace",
    "is_mountpoint",
    "shared",
    "disable",
    "krbd",
    "sparse",
  ].map((name) => [name, "value" as const]),
  ...["mkdir", "create-base-path", "create-subdirs"].map((name) => [name, "flag" as const]),
]);

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  add: { usage: "add <type> <storage> [OPTIONS]", operands: 2, options: OPTIONS, run: add },
  alloc: {
    usage: "alloc <storage> <vmid> <filename> <size> [OPTIONS]",
    operands: 4,
    options: { format: "value" },
    run: alloc,
  },
  free: { usage: "free <volume> [OPTIONS]", operands: 1, options: { delay: "value", storage: "value" }, run: free },
  list: { usage: "list <storage> [OPTIONS]", operands: 1, options: { content: "value", vmid: "value" }, run: list },
  path: { usage: "path <volume>", operands: 1, options: {}, run: path },
  remove: { usage: "remove <storage>", operands: 1, options: {}, run: remove },
  set: {
    usage: "set <storage> [OPTIONS]",
    operands: 1,
    options: { ...OPTIONS, delete: "value", digest: "value" },
    run: set,
  },
  status: {
    usage: "status  [OPTIONS]",
    operands: 0,
    options: { content: "value", enabled: "flag", format: "flag", storage: "value", target: "value" },
    run: status,
  },
};

/** The manager of storages. */
export const pvesm: LabCommand = pveTool("pvesm", SUBCOMMANDS);

function status({ world, node, out }: Call, { options }: PveArguments): number {
  const unit = world.dialect === "9" ? " (KiB)" : "";
  const heads = [`Total${unit}`, `Used${unit}`, `Available${unit}`];
  const rows = storagesOf(node)
    .filter(({ id }) => options["storage"] === undefined || id === options["storage"])
    .filter(({ content }) => options["content"] === undefined || content.includes(options["content"]))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const width = Math.max(4, ...rows.map(({ id }) => id.length)) + 1;
  const line = (name: string, type: string, state: string, figures: readonly string[], share: string) =>
    out(
      `${name.padEnd(width)} ${type.padStart(10)} ${state.padStart(10)} ${figures.map((each) => each.padStart(15)).join(" ")} ${share.padStart(8)}\n`,
    );
  line("Name", "Type", "Status", heads, "%");
  for (const storage of rows) {
    const { total, used, available } = storageUsage(world, node, storage);
    const disabled = storage.properties["disable"] === "1";
    const figures = disabled
      ? ["0", "0", "0"]
      : [total, used, available].map((bytes) => String(Math.floor(bytes / 1024)));
    const share = disabled ? "N/A" : `${((total === 0 ? 0 : used / total) * 100).toFixed(2)}%`;
    line(storage.id, storage.type, disabled ? "disabled" : "active", figures, share);
  }
  return 0;
}

function list({ node, out }: Call, { operands: [id = ""], options }: PveArguments): number {
  const { content, vmid } = options;
  const rows = volumesIn(node, storageOn(node, id))
    .filter((volume) => content === undefined || volume.content === content)
    .filter((volume) => vmid === undefined || volume.vmid === Number(vmid))
    .map(({ volid, format, content: kind, size, vmid: owner }) => [
      volid,
      format,
      kind,
      String(size),
      String(owner ?? ""),
    ]);
  const width = Math.max(5, ...rows.map(([volid = ""]) => volid.length));
  const line = ([volid = "", format = "", kind = "", size = "", owner = ""]: readonly string[]) =>
    out(
      `${volid.padEnd(width)}  ${format.padEnd(6)}  ${kind.padEnd(6)} ${size.padStart(15)}${owner === "" ? "" : ` ${owner}`}\n`,
    );
  if (rows.length > 0) line(["Volid", "Format", "Type", "Size", "VMID"]);
  for (const row of rows) line(row);
  return 0;
}

function add({ node }: Call, { operands: [type = "", id = ""], options }: PveArguments): number {
  addStorage(node, id, type, new Map(Object.entries(options)));
  return 0;
}

function set({ node }: Call, { operands: [id = ""], options }: PveArguments): number {
  const { delete: deleted = "", digest: _, ...values } = options;
  changeStorage(node, id, new Map(Object.entries(values)), deleted.split(/[ ,;]+/).filter(Boolean));
  return 0;
}

function remove({ node }: Call, { operands: [id = ""] }: PveArguments): number {
  removeStorage(node, id);
  return 0;
}

function alloc(call: Call, { operands: [id = "", vmid = "", name = "", size = ""], options }: PveArguments): number {
  const { world, node, out } = call;
  const storage = storageOn(node, id);
  const bytes = /[MGT]$/.test(size) ? parseSize(size) : Number(size) * 1024;
  const format = options["format"] === "qcow2" ? ("qcow2" as const) : undefined;
  const given = name === "" ? undefined : name;
  const { volid } = allocateVolume(world, node, storage, { vmid: Number(vmid), size: bytes, name: given, format }, out);
  out(`successfully created '${volid}'\n`);
  return 0;
}

function free(call: Call, { operands: [volid = ""] }: PveArguments): Promise<number> {
  const [storage = ""] = volid.split(":");
  if (!volid.includes(":")) throw new PveError(`unable to parse volume ID '${volid}'`);
  return runAsRoot(call, "DELETE", `/nodes/${call.node.name}/storage/${storage}/content/${encodeURIComponent(volid)}`);
}

function path({ node, out }: Call, { operands: [volid = ""] }: PveArguments): number {
  if (!volid.includes(":")) throw new PveError(`unable to parse volume ID '${volid}'`);
  out(`${volumePath(storageOf(node, volid.split(":")[0] ?? ""), volid)}\n`);
  return 0;
}
