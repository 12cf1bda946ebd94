import type { LabCommand } from "../command.ts";

/** Remembers what to run at the end of the script; the shell runs it (just-bash has no traps). Signals other than EXIT are noted only. */
export const trap: LabCommand = {
  name: "trap",
  run({ args, traps }) {
    const [action = "-", ...names] = args[0] === "--" ? args.slice(1) : args;
    for (const name of names) {
      const key = name === "0" ? "EXIT" : name.toUpperCase().replace(/^SIG/, "");
      if (action === "-") traps.delete(key);
      else traps.set(key, action);
    }
    return 0;
  },
};
