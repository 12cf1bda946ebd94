import { InMemoryFs, MountableFs } from "just-bash";
import type { NodeState } from "../state/node.ts";
import type { World } from "../state/world.ts";
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
  "/var/lib/vz",
  "/var/lib/pve-cluster/backup",
  "/mnt",
  "/opt",
  "/run",
  "/etc/corosync",
];
const handedOver = new WeakMap<NodeState, Map<string, string>>();

/** Files that another door changed (the API's network page, say) appear on the disk; what a script wrote since then stays. */
function takeOver(root: InMemoryFs, node: NodeState): void {
  const before = handedOver.get(node) ?? new Map<string, string>();
  for (const [path, text] of node.files) if (before.get(path) !== text) root.writeFileSync(path, text);
  handedOver.set(node, new Map(node.files));
}

/** A root file system that can be full. */
class NodeRoot extends InMemoryFs {
  readonly #isFull: () => boolean;

  constructor(world: World, node: NodeState) {
    super();
    this.#isFull = () => world.faults.diskFull.has(node.name);
  }

  override async writeFile(...args: Parameters<InMemoryFs["writeFile"]>): Promise<void> {
    this.#assertSpace(args[0]);
    await super.writeFile(...args);
  }

  override async appendFile(...args: Parameters<InMemoryFs["appendFile"]>): Promise<void> {
    this.#assertSpace(args[0]);
    await super.appendFile(...args);
  }

  #assertSpace(path: string): void {
    if (this.#isFull()) throw systemError("ENOSPC", "no space left on device", path);
  }
}
