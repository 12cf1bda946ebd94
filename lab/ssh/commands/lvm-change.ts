import { extendMetadata, extendVolume, findVolumeIn, wantedExtents } from "../../state/lvm/change-volumes.ts";
import { growRoot } from "../../state/lvm/file-system.ts";
import { createPhysicalVolume, groupOn, joinGroup } from "../../state/lvm/physical-volumes.ts";
import { PveError } from "../../state/pve-error.ts";
import type { Call, LabCommand } from "../command.ts";
import { parseFlags } from "./flags.ts";

/** `pvcreate DISK…`: refuses a disk that carries partitions or belongs to a group. */
export const pvcreate = lvmCommand("pvcreate", (call) => {
  for (const path of parseFlags(call.args, "Z").operands) {
    createPhysicalVolume(call.node, path);
    call.out(`  Physical volume "${path}" successfully created.\n`);
  }
});

/** `vgextend GROUP DISK…`. */
export const vgextend = lvmCommand("vgextend", (call) => {
  const [group = "", ...paths] = parseFlags(call.args).operands;
  for (const path of paths) joinGroup(call.node, group, path, call.out);
  call.out(`  Volume group "${group}" successfully extended\n`);
});

/** `pvresize DEVICE`: says "changed", also where the partition was not grown and nothing is gained. */
export const pvresize = lvmCommand("pvresize", (call) => {
  for (const path of parseFlags(call.args).operands) {
    const known = groupOn(call.node, path) !== undefined || call.node.lvm.loose.has(path);
    if (!known)
      throw new PveError(
        `  Failed to find physical volume "${path}".\n  0 physical volume(s) resized or updated / 0 physical volume(s) not resized`,
      );
    call.out(
      `  Physical volume "${path}" changed\n  1 physical volume(s) resized or updated / 0 physical volume(s) not resized\n`,
    );
  }
});

/** `lvextend [-r] (-L|-l) SIZE VOLUME`, or --poolmetadatasize for a pool's own. */
export const lvextend = lvmCommand("lvextend", (call) => {
  const { flags, operands } = parseFlags(longSizes(call.args), "Ll");
  const [name = ""] = operands;
  const { group, volume } = findVolumeIn(call.node, name);
  const metadata = flags.get("poolmetadatasize");
  const size = flags.get("L") ?? flags.get("l");
  if (metadata === undefined && size === undefined)
    throw new PveError(
      "  Please specify either size or extents but not both.\n  Run `lvextend --help' for more information.",
    );
  if (metadata !== undefined) extendMetadata(group, volume, metadata, call.out);
  if (size === undefined) return;
  extendVolume(call.node, group, volume, wantedExtents(group, volume, size), call.world.clock.seconds(), call.out);
  if ((flags.has("r") || flags.has("resizefs")) && volume.name === "root") tellGrown(call, "/dev/mapper/pve-root");
});

/** `resize2fs DEVICE`: the root file system grows while it is mounted. */
export const resize2fs: LabCommand = {
  name: "resize2fs",
  run(call) {
    const [path = ""] = parseFlags(call.args).operands;
    if (/^\/dev\/(?:mapper\/pve-|pve\/)root$/.test(path)) {
      tellGrown(call, path);
      return 0;
    }
    call.err(`${VERSIONS[call.world.dialect]}\n`);
    const reason = call.node.hardware.disks.some((disk) => path.startsWith(disk.path))
      ? "Bad magic number in super-block"
      : "No such file or directory";
    call.err(`resize2fs: ${reason} while trying to open ${path}\nCouldn't find valid filesystem superblock.\n`);
    return 1;
  },
};

/** `xfs_growfs`: no file system of the lab is XFS. */
export const xfsGrowfs: LabCommand = {
  name: "xfs_growfs",
  run(call) {
    call.err(`xfs_growfs: ${call.args.at(-1) ?? ""} is not a mounted XFS filesystem\n`);
    return 1;
  },
};

const VERSIONS = { "8.4": "resize2fs 1.47.0 (5-Feb-2023)", "9": "resize2fs 1.47.2 (1-Jan-2025)" } as const;

/** As recorded, version line included (of LVM's run of it: on a node of version 9 the number alone is newer). */
function tellGrown({ world, node, out }: Call, path: string): void {
  const before = node.hardware.rootDevice;
  const { blocks, changed } = growRoot(node);
  out(`${VERSIONS[world.dialect]}\n`);
  if (!changed) {
    out(`The filesystem is already ${blocks} (4k) blocks long.  Nothing to do!\n\n`);
    return;
  }
  // One block of descriptors for 8 GiB.
  const descriptors = (bytes: number) => Math.ceil(bytes / 2 ** 33);
  out(`Filesystem at ${path} is mounted on /; on-line resizing required\n`);
  out(`old_desc_blocks = ${descriptors(before)}, new_desc_blocks = ${descriptors(blocks * 4096)}\n`);
  out(`The filesystem on ${path} is now ${blocks} (4k) blocks long.\n\n`);
}

/** LVM's tools all fail with 5. */
function lvmCommand(name: string, act: (call: Call) => void): LabCommand {
  return {
    name,
    run(call) {
      try {
        act(call);
        return 0;
      } catch (error) {
        if (!(error instanceof PveError)) throw error;
        call.err(`${error.message.replace(/\n$/, "")}\n`);
        return 5;
      }
    },
  };
}

function longSizes(args: readonly string[]): readonly string[] {
  const letters: Readonly<Record<string, string>> = { "--size": "-L", "--extents": "-l" };
  const words: string[] = [];
  const rest = [...args];
  while (rest.length > 0) {
    const word = rest.shift() ?? "";
    const [name = "", inline] = word.split("=");
    const letter = letters[name];
    if (letter !== undefined) words.push(letter, inline ?? rest.shift() ?? "");
    else if (name === "--poolmetadatasize" && inline === undefined) words.push(`${name}=${rest.shift() ?? ""}`);
    else words.push(word);
  }
  return words;
}
