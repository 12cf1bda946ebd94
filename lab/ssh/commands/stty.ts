import type { LabCommand } from "../command.ts";

/** Shows and sets the terminal: what scripts use to read an answer unseen. */
export const stty: LabCommand = {
  name: "stty",
  run({ args, terminal, out, err }) {
    if (!terminal) {
      err("stty: 'standard input': Inappropriate ioctl for device\n");
      return 1;
    }
    for (const arg of args.length === 0 ? ["-a"] : args) {
      if (arg === "-g") out(`constat:${terminal.raw ? "raw" : "cooked"}:${terminal.echo ? "echo" : "-echo"}\n`);
      else if (arg === "size") out(`${terminal.rows} ${terminal.columns}\n`);
      else if (arg === "-a") {
        out(`speed 38400 baud; rows ${terminal.rows}; columns ${terminal.columns}; line = 0;\n`);
        out(`${terminal.raw ? "-icanon" : "icanon"} ${terminal.echo ? "echo" : "-echo"}\n`);
      } else if (arg === "echo" || arg === "-echo") terminal.echo = arg === "echo";
      else if (arg === "raw" || arg === "-icanon") terminal.raw = true;
      else if (arg === "-raw" || arg === "icanon" || arg === "cooked") terminal.raw = false;
      else if (arg === "sane") Object.assign(terminal, { raw: false, echo: true });
      else if (arg.startsWith("constat:")) {
        const [, mode, echo] = arg.split(":");
        Object.assign(terminal, { raw: mode === "raw", echo: echo === "echo" });
      } else if (!/^-?(?:isig|icrnl|opost|onlcr|ixon|ctlecho|echoctl)$/.test(arg)) {
        err(`stty: invalid argument '${arg}'\nTry 'stty --help' for more information.\n`);
        return 1;
      }
    }
    return 0;
  },
};
