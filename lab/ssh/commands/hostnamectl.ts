import { createHash } from "node:crypto";
import { machineId } from "../../state/machine-id.ts";
import type { LabCommand } from "../command.ts";

/** systemd's view of the machine; `hostnamectl hostname` gives the name alone. */
export const hostnamectl: LabCommand = {
  name: "hostnamectl",
  run({ args, node, world, out }) {
    if (args[0] === "hostname") {
      out(`${node.name}\n`);
      return 0;
    }
    const boot = createHash("md5")
      .update(`boot ${node.name} ${Math.floor(node.bootTime)}`)
      .digest("hex");
    const debian = world.dialect === "9" ? "13 (trixie)" : "12 (bookworm)";
    const rows: readonly (readonly [string, string])[] = [
      ["Static hostname", node.name],
      ["Icon name", "computer-server"],
      ["Chassis", "server"],
      ["Machine ID", machineId(node)],
      ["Boot ID", boot],
      ["Operating System", `Debian GNU/Linux ${debian}`],
      ["Kernel", `Linux ${node.versions.kernel}`],
      ["Architecture", "x86-64"],
    ];
    for (const [name, value] of rows) out(`${name.padStart(16)}: ${value}\n`);
    return 0;
  },
};
