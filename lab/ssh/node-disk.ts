import { type FsStat, InMemoryFs, MountableFs } from "just-bash";
import { heavyFile, putHeavyFile, removeHeavyFiles } from "../state/heavy-files.ts";
import type { NodeState } from "../state/node.ts";
import type { World } from "../state/world.ts";
import { layCephFiles } from "./ceph-files.ts";
import { layDevices } from "./device-files.ts";
import { PveFs, systemError } from "./pve-fs.ts";
import { seedFiles } from "./seed-files.ts";

/** A node's file system: its disk, which keeps what scripts write as long as the lab lives, with /etc/pve over it. */
export interface NodeDisk {
  readonly root: InMemoryFs;
  readonly pve: PveFs;
}

const disks = new WeakMap<NodeState, NodeDisk>();

/** The node's disk, made and filled at the first use. */
export function diskOf(world: World, node: NodeState): NodeDisk {
  const known = disks.get(node);
  if (known) {
    takeOver(known.root, node);
    return known;
  }
  const root = new NodeRoot(world, node);
  for (const [path, text] of seedFiles(world, node))
    root.writeFileSync(path, text, "utf8", { mtime: new Date(node.bootTime) });
  for (const directory of DIRECTORIES) root.mkdirSync(directory, { recursive: true });
  const disk = { root, pve: new PveFs(world, node) };
  disks.set(node, disk);
  takeOver(root, node);
  return disk;
}

/** The whole tree of a node, as sftp and scripts see it. */
export function treeOf(world: World, node: NodeState): MountableFs {
  const { root, pve } = diskOf(world, node);
  return new MountableFs({ base: root, mounts: [{ mountPoint: "/etc/pve", filesystem: pve }] });
}

const DIRECTORIES = [
  "/root",
  "/tmp",
  "/var/log",
  "/var/lib/vz/template/iso",
  "/var/tmp",
  "/var/lib/pve-cluster/backup",
  "/mnt",
  "/opt",
  "/run",
  "/etc/corosync",
  "/etc/network/interfaces.d",
];
const handedOver = new WeakMap<NodeState, Map<string, string>>();

/** Files that another door changed (the API's network page, say) appear on the disk; what a script wrote since then stays. */
function takeOver(root: InMemoryFs, node: NodeState): void {
  const before = handedOver.get(node) ?? new Map<string, string>();
  for (const [path, text] of node.files) if (before.get(path) !== text) root.writeFileSync(path, text);
  for (const path of before.keys()) if (!node.files.has(path)) removeNow(root, path);
  handedOver.set(node, new Map(node.files));
}

/** `rm` does its work before it returns its promise. */
function removeNow(root: InMemoryFs, path: string): void {
  root.rm(path).catch(() => {
    // A script has removed it already.
  });
}

/** Where the node's configuration of its network is, which other doors read and write too. */
const SHARED = /^\/etc\/(?:network|apt)\/|\/template\/iso\//;

/** A root file system that can be full, and whose network configuration is the node's own. */
class NodeRoot extends InMemoryFs {
  readonly #isFull: () => boolean;
  readonly #node: NodeState;
  /** Lab seconds. */
  readonly #now: () => number;

  constructor(world: World, node: NodeState) {
    super();
    this.#now = () => world.clock.seconds();
    this.#isFull = () => world.faults.diskFull.has(node.name);
    this.#node = node;
  }

  override readFile(...args: Parameters<InMemoryFs["readFile"]>): Promise<string> {
    this.#refresh(args[0]);
    return super.readFile(...args);
  }

  override readFileBuffer(path: string): Promise<Uint8Array> {
    this.#refresh(path);
    return super.readFileBuffer(path);
  }

  override readFileBytes(path: string): ReturnType<InMemoryFs["readFileBytes"]> {
    this.#refresh(path);
    return super.readFileBytes(path);
  }

  override exists(path: string): Promise<boolean> {
    this.#refresh(path);
    return super.exists(path);
  }

  override async stat(path: string): ReturnType<InMemoryFs["stat"]> {
    this.#refresh(path);
    return this.#weighed(path, await super.stat(path));
  }

  override async lstat(path: string): ReturnType<InMemoryFs["lstat"]> {
    this.#refresh(path);
    return this.#weighed(path, await super.lstat(path));
  }

  override realpath(path: string): Promise<string> {
    this.#refresh(path);
    return super.realpath(path);
  }

  override readlink(path: string): Promise<string> {
    this.#refresh(path);
    return super.readlink(path);
  }

  override readdir(path: string): Promise<string[]> {
    this.#refresh(`${path}/`);
    return super.readdir(path);
  }

  override async writeFile(...args: Parameters<InMemoryFs["writeFile"]>): Promise<void> {
    this.#assertSpace(args[0]);
    await super.writeFile(...args);
    await this.#share(args[0]);
  }

  override async appendFile(...args: Parameters<InMemoryFs["appendFile"]>): Promise<void> {
    this.#assertSpace(args[0]);
    await super.appendFile(...args);
    await this.#share(args[0]);
  }

  override async rm(...args: Parameters<InMemoryFs["rm"]>): Promise<void> {
    await super.rm(...args);
    if (SHARED.test(args[0])) this.#node.files.delete(args[0]);
    removeHeavyFiles(this.#node, args[0]);
  }

  override async mv(from: string, to: string): Promise<void> {
    const heavy = heavyFile(this.#node, from);
    await super.mv(from, to);
    if (heavy === undefined) return;
    removeHeavyFiles(this.#node, from);
    putHeavyFile(this.#node, to, heavy, this.#now());
  }

  /** Large files are as large as the node says. */
  #weighed(path: string, stat: FsStat): FsStat {
    const heavy = stat.isFile ? heavyFile(this.#node, path) : undefined;
    return heavy === undefined ? stat : { ...stat, size: heavy.size };
  }

  /** What happened to the shared files since the script began (an apply, say) is seen by its next command. */
  #refresh(path: string): void {
    if (SHARED.test(path)) takeOver(this, this.#node);
    if (path.startsWith("/etc/ceph")) layCephFiles(this, this.#node);
    if (/^\/(?:dev|sys)\b/.test(path)) layDevices(this, this.#node);
  }

  async #share(path: string): Promise<void> {
    if (SHARED.test(path)) this.#node.files.set(path, await super.readFile(path));
  }

  #assertSpace(path: string): void {
    if (this.#isFull()) throw systemError("ENOSPC", "no space left on device", path);
  }
}
