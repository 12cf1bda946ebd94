import { writeClusterLog } from "./cluster-log.ts";
import type { CorosyncConfig, CorosyncNode } from "./corosync.ts";
import type { Links } from "./links.ts";
import type { NodeState } from "./node.ts";
import { PveError } from "./pve-error.ts";
import { assertQuorum, sumOfVotes } from "./quorum.ts";
import type { World } from "./world.ts";

/** What a joining node asks a member for. */
export interface MemberRequest {
  readonly name: string;
  /** The joiner's address, link 0 when no links are given. */
  readonly address: string;
  readonly links: Links;
  readonly nodeid?: number | undefined;
  readonly votes?: number | undefined;
  readonly force?: boolean | undefined;
}

/** The member's side of a join (POST cluster/config/nodes/NAME): writes the new nodelist, or throws what the member refuses it with. */
export function addMember(world: World, member: NodeState, request: MemberRequest): CorosyncConfig {
  assertQuorum(member);
  const config = member.database.corosync;
  if (!config) throw new PveError("invalid corosync.conf", 500, { error0: "no nodes found" });
  refuseUsedAddresses(config, request);
  const links = matchLinks(config, request);
  const entry = newEntry(config, request, links);
  const nodes = [...config.nodes.filter((node) => node.name !== entry.name), entry];
  const next: CorosyncConfig = { ...config, version: config.version + 1, nodes };
  member.database.corosync = next;
  member.database.membersVersion += 1;
  // The running members reload the list: from now on the newcomer's vote is expected, although it is not there yet.
  for (const node of world.nodes.values()) {
    if (node.database === member.database) node.corosync.expectedVotes = sumOfVotes(nodes);
  }
  const message = `adding node ${entry.name} to cluster`;
  writeClusterLog(world, member, { priority: 5, tag: "pvedaemon", user: "root@pam", message });
  return next;
}

function refuseUsedAddresses(config: CorosyncConfig, request: MemberRequest): void {
  for (const address of Object.values(request.links)) {
    for (const node of config.nodes) {
      if (node.name === request.name) continue;
      const used = Object.entries(node.links).find(([, other]) => other === address);
      if (!used) continue;
      throw new PveError(
        `corosync: address '${address}' already used on link ring${used[0]}_addr by node '${node.name}'`,
      );
    }
  }
}

function matchLinks(config: CorosyncConfig, request: MemberRequest): Links {
  const given = Object.keys(request.links).map(Number);
  if (given.length === 0) {
    const [only, ...more] = config.linkNumbers;
    if (only !== undefined && more.length === 0) return { [only]: request.address };
    throw new PveError(
      "no links given but multiple links found on other nodes, fallback only supported on single-link clusters",
    );
  }
  for (let link = 0; link <= 7; link += 1) {
    const inCluster = config.linkNumbers.includes(link);
    if (inCluster && !given.includes(link)) {
      throw new PveError(`corosync: link ${link} exists in cluster config but wasn't specified for new node`);
    }
    if (!inCluster && given.includes(link)) {
      throw new PveError(`corosync: link ${link} specified for new node doesn't exist in cluster config`);
    }
  }
  return request.links;
}

function newEntry(config: CorosyncConfig, request: MemberRequest, links: Links): CorosyncNode {
  const existing = config.nodes.find((node) => node.name === request.name);
  if (existing && !request.force) throw new PveError(`can't add existing node '${request.name}'`);
  const nodeid = request.nodeid ?? existing?.nodeid ?? freeNodeId(config);
  return { name: request.name, nodeid, votes: request.votes ?? existing?.votes ?? 1, links };
}

function freeNodeId(config: CorosyncConfig): number {
  let nodeid = 1;
  while (config.nodes.some((node) => node.nodeid === nodeid)) nodeid += 1;
  return nodeid;
}
