import { reloadInterfaces } from "../../state/network-reload.ts";
import type { LabCommand } from "../command.ts";

/** ifupdown2's `ifreload -a`: puts the files in force, without a word. */
export const ifreload: LabCommand = {
  name: "ifreload",
  async run(call) {
    if (!call.args.includes("-a") && !call.args.includes("--all")) {
      call.err(
        "usage: ifreload [-h] (-a|-c) [-v] [-d] [-w] [-n] [-p] [-s]\nifreload: error: one of the arguments -a/--all -c/--currently-up is required\n",
      );
      return 2;
    }
    await call.world.clock.sleep(1200, call.signal);
    reloadInterfaces(call.node);
    return 0;
  },
};
