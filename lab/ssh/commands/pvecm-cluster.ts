import { checkCreate, createCluster } from "../../state/create-cluster.ts";
import { deleteNode } from "../../state/delete-node.ts";
import { parseLinks } from "../../state/links.ts";
import { PveError } from "../../state/pve-error.ts";
import { isQuorate, quorumOf, setExpectedVotes } from "../../state/quorum.ts";
import { startTask } from "../../state/tasks.ts";
import { issueCertificate } from "../../tls/certificate.ts";
import type { Call } from "../command.ts";
import { isYes, type PveArguments } from "./pve-options.ts";
import { membership, quorumReport } from "./quorum-report.ts";

/** `pvecm create NAME`: the first member of a new cluster. */
export async function createCommand(call: Call, given: PveArguments): Promise<number> {
  const { world, node, out, err, signal } = call;
  const { options } = given;
  const request = {
    clustername: given.operands[0] ?? "",
    links: parseLinks(options),
    nodeid: toNumber("nodeid", options["nodeid"]),
    votes: toNumber("votes", options["votes"]),
  };
  checkCreate(node, request);
  const task = startTask(world, node, { type: "clustercreate", id: request.clustername }, (print, stopped) =>
    createCluster(
      world,
      node,
      request,
      (text, channel) => {
        print(text, channel);
        (channel === "err" ? err : out)(text);
      },
      stopped,
    ),
  );
  signal.addEventListener("abort", () => task.stop(), { once: true });
  await task.done;
  if (task.exitstatus === "OK") return 0;
  err(`${task.exitstatus ?? ""}\n`);
  return 255;
}

/** `pvecm status`: what the configuration says, then what votequorum answers. Exit 2 without quorum or without a cluster. */
export function status(call: Call): number {
  const { world, node, out, err } = call;
  const config = configOf(call);
  out("Cluster information\n-------------------\n");
  out(
    `Name:             ${config.name}\nConfig Version:   ${config.version}\nTransport:        knet\nSecure auth:      on\n\n`,
  );
  const report = quorumReport(world, node, "addresses");
  if (report === undefined) {
    err("Cannot initialize CMAP service\n");
    return 1;
  }
  out(report);
  return isQuorate(node) ? 0 : 2;
}

/** `pvecm nodes`: the members this node sees. */
export function nodes(call: Call): number {
  configOf(call);
  const view = quorumOf(call.node);
  if (!view) {
    call.err("Cannot initialize CMAP service\n");
    return 1;
  }
  call.out(`\n${membership(call.node, view, "names")}`);
  return 0;
}

/** `pvecm expected VOTES`. */
export function expected(call: Call, given: PveArguments): number {
  configOf(call);
  const votes = toNumber("expected", given.operands[0]) ?? 0;
  try {
    setExpectedVotes(call.world.nodes.values(), call.node, votes);
    return 0;
  } catch (error) {
    if (!(error instanceof PveError)) throw error;
    call.err(`${error.message}\n`);
    return 1;
  }
}

/** `pvecm delnode NODE`. */
export function delnode(call: Call, given: PveArguments): number {
  deleteNode(call.world, call.node, given.operands[0] ?? "", (text) => call.out(text));
  return 0;
}

/** `pvecm updatecerts`: with --force, the node gets a new certificate of the cluster's authority. */
export async function updatecerts(call: Call, given: PveArguments): Promise<number> {
  const { world, node, out, err } = call;
  if (!isQuorate(node)) {
    if (isYes(given.options["silent"])) return 0;
    err("no quorum - unable to update files\n");
    return 255;
  }
  out("(re)generate node files\n");
  if (!isYes(given.options["force"])) return 0;
  out("generate new node certificate\n");
  const { name, dns, address, database } = node;
  const from = world.clock.now() - 86_400_000;
  node.certificate = await issueCertificate(database.authority, { node: name, domain: dns.search, address, from });
  node.certificateAbsent = false;
  world.events.emit({ type: "certificate", node: name });
  return 0;
}

function configOf({ node }: Call) {
  if (node.database.corosync) return node.database.corosync;
  throw new PveError(
    "Error: Corosync config '/etc/pve/corosync.conf' does not exist - is this node part of a cluster?",
  );
}

function toNumber(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^-?\d+$/.test(value)) {
    throw new PveError("Parameter verification failed.", 400, {
      [name]: `type check ('integer') failed - got '${value}'`,
    });
  }
  if (Number(value) < 1)
    throw new PveError("Parameter verification failed.", 400, { [name]: "value must have a minimum value of 1" });
  return Number(value);
}
