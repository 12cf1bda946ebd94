import type { LabCommand } from "../command.ts";

/** Kernel and machine, as the node's versions say. */
export const uname: LabCommand = {
  name: "uname",
  run({ args, node, out, err }) {
    const letters = new Set(args.flatMap((arg) => [...arg.replace(/^-+/, "")]));
    if (letters.size === 0) letters.add("s");
    const { kernel, kernelBuild } = node.versions;
    const parts: readonly (readonly [string, string])[] = [
      ["s", "Linux"],
      ["n", node.name],
      ["r", kernel],
      ["v", kernelBuild],
      ["m", "x86_64"],
      ["o", "GNU/Linux"],
    ];
    const unknown = [...letters].find((letter) => letter !== "a" && !parts.some(([known]) => known === letter));
    if (unknown !== undefined) {
      err(`uname: invalid option -- '${unknown}'\nTry 'uname --help' for more information.\n`);
      return 1;
    }
    const shown = parts.filter(([letter]) => letters.has("a") || letters.has(letter)).map(([, text]) => text);
    out(`${shown.join(" ")}\n`);
    return 0;
  },
};
