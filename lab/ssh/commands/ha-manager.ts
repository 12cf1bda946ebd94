import { callApi } from "../../api/call.ts";
import type { LabCommand } from "../command.ts";

/** `ha-manager status`: what the API says about the HA stack, a line each. The other subcommands are not simulated. */
export const haManager: LabCommand = {
  name: "ha-manager",
  async run({ args, world, node, out, err }) {
    const [verb = ""] = args;
    if (verb !== "status" || args.length > 1) {
      err(`constat-lab: « ha-manager ${args.join(" ")} » n’est pas simulé par ce laboratoire\n`);
      return 1;
    }
    const { data } = await callApi(world, node.name, "GET", "/cluster/ha/status/current");
    const entries: readonly Readonly<Record<string, unknown>>[] = Array.isArray(data) ? data : [];
    for (const entry of entries) out(`${String(entry["type"])} ${String(entry["status"])}\n`);
    return 0;
  },
};
