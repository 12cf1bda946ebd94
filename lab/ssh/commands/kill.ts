import type { LabCommand } from "../command.ts";
import { processesOf } from "../process-table.ts";

/** Signals the scripts that run on this node: `kill -TERM PID`, `kill -s KILL -- -PGID`, `kill -0 PID`. */
export const kill: LabCommand = {
  name: "kill",
  run({ args, node, err }) {
    const rest = [...args];
    let signal = "TERM";
    const first = rest[0] ?? "";
    if (first === "-s" || first === "-n") signal = rest.splice(0, 2)[1] ?? "TERM";
    else if (/^-(?:SIG)?[A-Z0-9]+$/i.test(first) && rest.length > 1) signal = (rest.shift() ?? "").slice(1);
    if (rest[0] === "--") rest.shift();
    if (rest.length === 0) {
      err("kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n");
      return 2;
    }
    const name = NUMBERS[signal] ?? signal.toUpperCase().replace(/^SIG/, "");
    let missing = 0;
    for (const target of rest) {
      const process = processesOf(node).get(Math.abs(Number(target)));
      if (!process) {
        err(`bash: line 1: kill: (${target}) - No such process\n`);
        missing += 1;
      } else if (name !== "0") process.kill(name);
    }
    return missing === 0 ? 0 : 1;
  },
};

const NUMBERS: Readonly<Record<string, string>> = { "0": "0", "1": "HUP", "2": "INT", "9": "KILL", "15": "TERM" };
