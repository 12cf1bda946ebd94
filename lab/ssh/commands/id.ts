import type { LabCommand } from "../command.ts";

/** Everything runs as root. */
export const id: LabCommand = {
  name: "id",
  run({ args, out }) {
    const named = args.some((arg) => /^-[a-z]*n/.test(arg));
    const number = args.some((arg) => /^-[a-z]*[ugG]/.test(arg));
    out(number ? `${named ? "root" : "0"}\n` : "uid=0(root) gid=0(root) groups=0(root)\n");
    return 0;
  },
};

/** `whoami`: root as well. */
export const whoami: LabCommand = {
  name: "whoami",
  run({ out }) {
    out("root\n");
    return 0;
  },
};
