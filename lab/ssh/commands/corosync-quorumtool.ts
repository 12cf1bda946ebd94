import { isQuorate, quorumOf } from "../../state/quorum.ts";
import type { LabCommand } from "../command.ts";
import { membership, quorumReport } from "./quorum-report.ts";

/** Corosync's quorum tool: -s (status, the default) exits 2 without quorum, -l lists the members. */
export const corosyncQuorumtool: LabCommand = {
  name: "corosync-quorumtool",
  run({ args, world, node, out, err }) {
    const flags = args.flatMap((arg) => (arg.startsWith("-") ? [...arg.slice(1)] : []));
    const view = quorumOf(node);
    if (!view) {
      err("Cannot initialize CMAP service\n");
      return 1;
    }
    const unknown = flags.find((flag) => !"slniaHp".includes(flag));
    if (unknown !== undefined) {
      err(`corosync-quorumtool: invalid option -- '${unknown}'\n`);
      return 1;
    }
    if (flags.includes("l")) {
      out(`\n${membership(node, view, "names")}`);
      return 0;
    }
    const naming = flags.includes("H") && flags.includes("i") ? "addresses" : "names";
    out(quorumReport(world, node, naming) ?? "");
    return isQuorate(node) ? 0 : 2;
  },
};
