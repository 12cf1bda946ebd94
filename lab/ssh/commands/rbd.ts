import { createHash } from "node:crypto";
import { hasQuorum } from "../../state/ceph/assert-ceph.ts";
import type { RbdImage } from "../../state/ceph/ceph-cluster.ts";
import { findPool } from "../../state/ceph/pools.ts";
import type { Call, LabCommand } from "../command.ts";
import { bytesText } from "./ceph-text.ts";
import { parseFlags } from "./flags.ts";

/** `rbd ls` and `rbd info`, of a pool with -p or as "pool/image". */
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
    if (!list && verb !== "info") {
      call.err(`constat-lab: « rbd ${verb} » n’est pas simulé par ce laboratoire\n`);
      return 1;
    }
    const { ceph } = call.node.database;
    if (!ceph.config || !call.node.ceph.linked || !hasQuorum(call.node)) return unreachable(call);
    if (!findPool(ceph, pool)) return unknownPool(call, pool);
    const images = [...ceph.imagesIn(pool)].sort((a, b) => (a.name < b.name ? -1 : 1));
    if (list) {
      for (const { name } of images) call.out(`${name}\n`);
      return 0;
    }
    const found = images.find(({ name }) => name === image);
    if (!found) {
      call.err(`rbd: error opening image ${image}: (2) No such file or directory\n`);
      return 2;
    }
    call.out(infoText(found));
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

function infoText({ name, size, created }: RbdImage): string {
  const id = createHash("sha1").update(`${name} ${created}`).digest("hex").slice(0, 12);
  const date = new Date(created * 1000)
    .toUTCString()
    .replace(/^(\w+), (\d+) (\w+) (\d+) ([\d:]+) GMT$/, "$1 $3 $2 $5 $4");
  return [
    `rbd image '${name}':`,
    `\tsize ${bytesText(size)} in ${Math.ceil(size / (4 * 2 ** 20))} objects`,
    "\torder 22 (4 MiB objects)",
    "\tsnapshot_count: 0",
    `\tid: ${id}`,
    `\tblock_name_prefix: rbd_data.${id}`,
    "\tformat: 2",
    "\tfeatures: layering, exclusive-lock, object-map, fast-diff, deep-flatten",
    "\top_features: ",
    "\tflags: ",
    ...["create", "access", "modify"].map((kind) => `\t${kind}_timestamp: ${date}`),
    "",
  ].join("\n");
}
