import type { InMemoryFs } from "just-bash";
import { diskId } from "../state/block-devices.ts";
import { kernelLinks } from "../state/kernel-links.ts";
import type { NodeState } from "../state/node.ts";

const BY_ID = "/dev/disk/by-id";

/** Lays out what udev and the kernel show of a node's disks and interfaces: /dev/disk/by-id with its links, /sys/class/net/NAME/mtu. */
export function layDevices(root: InMemoryFs, node: NodeState): void {
  const present = new Set(root.getAllPaths());
  root.mkdirSync(BY_ID, { recursive: true });
  for (const disk of node.hardware.disks) {
    if (!present.has(disk.path)) root.writeFileSync(disk.path, "");
    const link = `${BY_ID}/${diskId(disk)}`;
    // Does its work before it returns its promise.
    if (!present.has(link)) root.symlink(`../../${disk.path.replace("/dev/", "")}`, link).catch(() => {});
  }
  for (const { name, mtu } of kernelLinks(node)) {
    root.mkdirSync(`/sys/class/net/${name}`, { recursive: true });
    root.writeFileSync(`/sys/class/net/${name}/mtu`, `${mtu}\n`);
  }
}
