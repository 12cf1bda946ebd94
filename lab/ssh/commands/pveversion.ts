import type { LabCommand } from "../command.ts";
import { metaPackage, packagesOf } from "./packages.ts";

/** `pveversion`: the manager and the running kernel; -v the packages that matter. */
export const pveversion: LabCommand = {
  name: "pveversion",
  run({ args, world, node, out }) {
    const { version, repoid, kernel } = node.versions;
    if (!args.some((arg) => /^--?v(?:erbose)?$/.test(arg))) {
      out(`pve-manager/${version}/${repoid} (running kernel: ${kernel})\n`);
      return 0;
    }
    out(`proxmox-ve: ${metaPackage(node)} (running kernel: ${kernel})\n`);
    out(`pve-manager: ${version} (running version: ${version}/${repoid})\n`);
    for (const [name, installed] of packagesOf(world, node))
      out(`${name}: ${installed ?? "not correctly installed"}\n`);
    return 0;
  },
};
