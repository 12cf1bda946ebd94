import type { FsStat } from "just-bash";
import type { Call, LabCommand } from "../command.ts";
import { shortDate } from "../dates.ts";
import { parseFlags } from "./flags.ts";

/** coreutils' `ls`: -l, -a, -A, -d, -1, -R, -h, -r, -t; owners as on a Proxmox node. */
export const ls: LabCommand = {
  name: "ls",
  async run(call) {
    const { flags, operands } = parseFlags(call.args, "wI");
    const paths = operands.length === 0 ? ["."] : operands;
    let missing = 0;
    const files: Entry[] = [];
    const folders: string[] = [];
    for (const path of [...paths].sort()) {
      const stat = await statOf(call, path, flags.has("d") || flags.has("l"));
      if (!stat) {
        call.err(`ls: cannot access '${path}': No such file or directory\n`);
        missing += 1;
      } else if (stat.isDirectory && !flags.has("d")) folders.push(path);
      else files.push(await entryOf(call, path, path, stat));
    }
    if (files.length > 0) call.out(render(call, files, flags, false));
    for (const [index, folder] of folders.entries()) {
      if (index > 0 || files.length > 0) call.out("\n");
      await list(call, folder, flags, paths.length > 1 || flags.has("R"));
    }
    return missing > 0 ? 2 : 0;
  },
};

interface Entry {
  readonly name: string;
  readonly stat: FsStat;
  /** Target of a symbolic link. */
  readonly target: string | undefined;
  readonly owner: string;
}

type Flags = ReadonlyMap<string, string>;

async function list(call: Call, folder: string, flags: Flags, named: boolean): Promise<void> {
  const place = call.fs.resolvePath(call.cwd, folder);
  const names = (await call.fs.readdir(place)).filter(
    (name) => flags.has("a") || flags.has("A") || !name.startsWith("."),
  );
  const all = flags.has("a") ? [".", "..", ...names] : names;
  const entries: Entry[] = [];
  for (const name of all) {
    const stat = await statOf(call, `${place}/${name}`, true);
    if (stat) entries.push(await entryOf(call, `${place}/${name}`, name, stat));
  }
  if (named) call.out(`${folder}:\n`);
  call.out(render(call, entries, flags, true));
  if (!flags.has("R")) return;
  for (const entry of entries.filter(({ name, stat }) => stat.isDirectory && name !== "." && name !== "..")) {
    call.out("\n");
    await list(call, `${folder.replace(/\/$/, "")}/${entry.name}`, flags, true);
  }
}

async function statOf({ fs, cwd }: Call, path: string, link: boolean): Promise<FsStat | undefined> {
  const place = fs.resolvePath(cwd, path);
  return await (link ? fs.lstat(place) : fs.stat(place)).catch(() => undefined);
}

async function entryOf(call: Call, path: string, name: string, stat: FsStat): Promise<Entry> {
  const place = call.fs.resolvePath(call.cwd, path);
  const target = stat.isSymbolicLink ? await call.fs.readlink(place) : undefined;
  return { name, stat, target, owner: /^\/etc\/pve(?:\/|$)/.test(place) ? "root www-data" : "root root" };
}

function render(call: Call, entries: readonly Entry[], flags: Flags, total: boolean): string {
  const order = flags.has("t")
    ? (a: Entry, b: Entry) => b.stat.mtime.getTime() - a.stat.mtime.getTime()
    : (a: Entry, b: Entry) => (a.name < b.name ? -1 : 1);
  const sorted = [...entries].sort(order);
  if (flags.has("r")) sorted.reverse();
  if (!flags.has("l")) return sorted.map((entry) => `${entry.name}\n`).join("");
  const sizes = sorted.map((entry) => String(sizeOf(entry)));
  const width = Math.max(1, ...sizes.map((size) => size.length));
  const owners = Math.max(0, ...sorted.map((entry) => entry.owner.length));
  const lines = sorted.map((entry, index) => {
    const date = shortDate(entry.stat.mtime.getTime(), call.world.clock.now());
    const name = entry.target === undefined ? entry.name : `${entry.name} -> ${entry.target}`;
    return `${modeText(entry.stat)} ${entry.stat.isDirectory ? 2 : 1} ${entry.owner.padEnd(owners)} ${(sizes[index] ?? "").padStart(width)} ${date} ${name}\n`;
  });
  // pmxcfs counts in halves of a block, and the sum is rounded up.
  const blockOf = (entry: Entry) => {
    const size = sizeOf(entry);
    return entry.owner === "root www-data" ? Math.ceil(size / 512) / 2 : Math.ceil(size / 1024);
  };
  const blocks = Math.ceil(sorted.reduce((sum, entry) => sum + blockOf(entry), 0));
  return `${total ? `total ${blocks}\n` : ""}${lines.join("")}`;
}

function sizeOf(entry: Entry): number {
  if (entry.target !== undefined) return entry.target.length;
  return entry.stat.isDirectory ? (entry.owner === "root root" ? 4096 : 0) : entry.stat.size;
}

function modeText(stat: FsStat): string {
  const kind = stat.isDirectory ? "d" : stat.isSymbolicLink ? "l" : "-";
  return (
    kind +
    [...(stat.mode & 0o777).toString(2).padStart(9, "0")]
      .map((bit, index) => (bit === "1" ? "rwx"[index % 3] : "-"))
      .join("")
  );
}
