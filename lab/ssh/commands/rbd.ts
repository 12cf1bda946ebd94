import { hasQuorum } from "../../state/ceph/assert-ceph.ts";
import { findPool } from "../../state/ceph/pools.ts";
import type { Call, LabCommand } from "../command.ts";
import { parseFlags } from "./flags.ts";
import { imageInfo, imageStatus, imageTable } from "./rbd-text.ts";

/** `rbd ls`, `rbd info` and `rbd status`, of a pool with -p or as "pool/image". */
export const rbd: LabCommand = {
  name: "rbd",
  run(call) {
    const { flags, operands } = parseFlags(call.args, "p");
    const [verb = "", ...spec] = operands;
    const [first = ""] = spec;
    const slash = first.indexOf("/");
    const list = ["ls", "list"].includes(verb);
    const pool =
      flags.get("p") ?? flags.get("pool") ?? (slash >= 0 ? first.slice(0, slash) : list && first ? first : "rbd");
    const image = list ? undefined : slash >= 0 ? first.slice(slash + 1) : first;
    if (!list && verb !== "info" && verb !== "status") {
      call.err(`constat-lab: « rbd ${verb} » n’est pas simulé par ce laboratoire\n`);
      return 1;
    }
    const { ceph } = call.node.database;
    if (!ceph.config || !call.node.ceph.linked || !hasQuorum(call.node)) return unreachable(call);
    if (!findPool(ceph, pool)) return unknownPool(call, pool);
    const images = [...ceph.imagesIn(pool)].sort((a, b) => (a.name < b.name ? -1 : 1));
    if (list) {
      if (flags.has("l") || flags.has("long")) call.out(imageTable(images));
      else for (const { name } of images) call.out(`${name}\n`);
      return 0;
    }
    const found = images.find(({ name }) => name === image);
    if (!found) {
      call.err(`rbd: error opening image ${image}: (2) No such file or directory\n`);
      return 2;
    }
    call.out(verb === "info" ? imageInfo(found) : imageStatus(call, pool, found.name));
    return 0;
  },
};

function unreachable({ err }: Call): number {
  err("rbd: couldn't connect to the cluster!\nrbd: listing images failed: (2) No such file or directory\n");
  return 2;
}

function unknownPool({ err }: Call, pool: string): number {
  err(`rbd: error opening pool '${pool}': (2) No such file or directory\n`);
  err("rbd: listing images failed: (2) No such file or directory\n");
  return 2;
}
