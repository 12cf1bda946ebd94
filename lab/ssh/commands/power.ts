import type { LabCommand } from "../command.ts";
import { turnOff } from "./systemctl.ts";

/** `reboot`: the node goes down cleanly and comes back. */
export const reboot: LabCommand = { name: "reboot", run: (call) => turnOff(call, "reboot") };

/** `poweroff`: the node goes down cleanly and stays off. */
export const poweroff: LabCommand = { name: "poweroff", run: (call) => turnOff(call, "poweroff") };

/** `shutdown -h now`, `shutdown -r now`. Other moments are not simulated. */
export const shutdown: LabCommand = {
  name: "shutdown",
  run(call) {
    const [when = "+1"] = call.args.filter((arg) => !arg.startsWith("-"));
    if (when !== "now" && when !== "+0") {
      call.err(`constat-lab: « shutdown ${when} » n’est pas simulé par ce laboratoire\n`);
      return 1;
    }
    return turnOff(call, call.args.includes("-r") ? "reboot" : "poweroff");
  },
};
