import { findHost } from "../../state/world.ts";
import type { LabCommand } from "../command.ts";
import { parseFlags } from "./flags.ts";

/** `ssh-keyscan [-t TYPE] HOST…`: the host keys of machines that answer, as known_hosts has them; nothing for the others. */
export const sshKeyscan: LabCommand = {
  name: "ssh-keyscan",
  run({ world, args, out, err }) {
    const { flags, operands } = parseFlags(args, "tpTf");
    for (const host of operands) {
      const node = findHost(world, host);
      if (node?.power !== "on" || world.faults.sshRefused.has(node.name)) continue;
      err(`# ${host}:22 SSH-2.0-OpenSSH_${world.dialect === "9" ? "10.0p2 Debian-7" : "9.2p1 Debian-2+deb12u7"}\n`);
      const [type = "", key = ""] = node.sshHostKey.publicKey.split(" ");
      const wanted = flags.get("t")?.split(",");
      if (wanted === undefined || wanted.some((each) => type.includes(each))) out(`${host} ${type} ${key}\n`);
    }
    return 0;
  },
};
