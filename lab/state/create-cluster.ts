import type { Links } from "./links.ts";
import { formMembership } from "./membership.ts";
import type { NodeState } from "./node.ts";
import { PveError, parameterError } from "./pve-error.ts";
import { withPvecmLock } from "./pvecm-lock.ts";
import type { Print } from "./tasks.ts";
import type { World } from "./world.ts";

/** What `pvecm create` and the create dialog give. */
export interface CreateRequest {
  readonly clustername: string;
  /** Empty: the node's own address becomes link 0. */
  readonly links: Links;
  readonly nodeid?: number | undefined;
  readonly votes?: number | undefined;
}

const NODE_NAME = /^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/;

/** Throws at once what the call answers before any work: a bad name (parameter error), or a cluster that is already there. */
export function checkCreate(node: NodeState, request: CreateRequest): void {
  const { clustername } = request;
  if (clustername.length > 15) throw parameterError({ clustername: "value may only be 15 characters long" });
  if (!NODE_NAME.test(clustername)) {
    throw parameterError({ clustername: "invalid format - value does not look like a valid node name\n" });
  }
  if (node.database.corosync) throw new PveError("cluster config '/etc/pve/corosync.conf' already exists");
}

/** Makes the node the first member of a new cluster: prints what the worker prints, takes about 1.7 s of lab time (3 s on 8.4). */
export async function createCluster(
  world: World,
  node: NodeState,
  request: CreateRequest,
  print: Print,
  signal: AbortSignal,
): Promise<void> {
  await withPvecmLock(world, node, print, signal, async () => {
    print("Corosync Cluster Engine Authentication key generator.\n");
    print("Gathering 2048 bits for key from /dev/urandom.\n");
    await world.clock.sleep(200, signal);
    print("Writing corosync key to /etc/corosync/authkey.\n");
    print("Writing corosync config to /etc/pve/corosync.conf\n");
    await world.clock.sleep(world.dialect === "9" ? 300 : 900, signal);
    print("Restart corosync and cluster filesystem\n");
    await world.clock.sleep(world.dialect === "9" ? 1100 : 1800, signal);
    becomeFirstMember(world, node, request);
  });
}

/** The change of state alone, at once; scenarios that start clustered use it too. */
export function becomeFirstMember(world: World, node: NodeState, request: CreateRequest): void {
  const { clustername, nodeid = 1, votes = 1 } = request;
  const links = Object.keys(request.links).length > 0 ? request.links : { 0: node.address };
  node.database.corosync = {
    name: clustername,
    version: 1,
    nodes: [{ name: node.name, nodeid, votes, links }],
    linkNumbers: Object.keys(links).map(Number),
    tokenCoefficient: world.dialect === "9" ? 125 : undefined,
  };
  node.corosync.running = true;
  node.corosync.expectedVotes = votes;
  // The first membership of a fresh corosync is ring 5.
  node.corosync.ringSequence = 1;
  formMembership(world);
}
