import { issueCertificate } from "../tls/certificate.ts";
import { addMember } from "./add-member.ts";
import { checkJoinable } from "./check-joinable.ts";
import type { Links } from "./links.ts";
import { formMembership } from "./membership.ts";
import type { NodeState } from "./node.ts";
import { PveError } from "./pve-error.ts";
import { withPvecmLock } from "./pvecm-lock.ts";
import { isQuorate } from "./quorum.ts";
import { restartProxy } from "./restart-proxy.ts";
import { after } from "./schedule.ts";
import type { Print } from "./tasks.ts";
import { findHost, type World } from "./world.ts";

/** What `pvecm add` and the join dialog give. */
export interface JoinRequest {
  /** Address or name of a member. */
  readonly hostname: string;
  /** root's password on that member. */
  readonly password: string;
  /** The member's certificate fingerprint; without one, `confirm` is asked. */
  readonly fingerprint?: string | undefined;
  readonly links: Links;
  readonly force?: boolean | undefined;
  readonly nodeid?: number | undefined;
  readonly votes?: number | undefined;
}

/** Shows the fingerprint to a person and gives the answer; it must itself print the question. */
export type ConfirmFingerprint = (fingerprint: string) => Promise<boolean>;

/**
 * Makes the node a member of the cluster behind `hostname`: about 14 s of lab time, printing what the real worker prints. Afterwards the
 * node has the cluster's database, a certificate of the cluster's authority, and none of its former sessions.
 */
export async function joinCluster(
  world: World,
  node: NodeState,
  request: JoinRequest,
  print: Print,
  signal: AbortSignal,
  confirm?: ConfirmFingerprint,
): Promise<void> {
  await withPvecmLock(world, node, print, signal, async () => {
    const { links, force = false } = request;
    checkJoinable(world, node, links, force, print);
    const member = await logIn(world, request, print, signal, confirm);
    print("check cluster join API version\n");
    await world.clock.sleep(200, signal);
    if (Object.keys(links).length === 0) {
      print(`No cluster network links passed explicitly, fallback to local node IP '${node.address}'\n`);
    }
    print("Request addition of this node\n");
    await world.clock.sleep(700, signal);
    requestAddition(world, node, member, request, print);
    print("Join request OK, finishing setup locally\n");
    await finishJoin(world, node, member, print, signal);
  });
}

async function logIn(
  world: World,
  request: JoinRequest,
  print: Print,
  signal: AbortSignal,
  confirm: ConfirmFingerprint | undefined,
): Promise<NodeState> {
  const { hostname } = request;
  print(`Establishing API connection with host '${hostname}'\n`);
  const member = findHost(world, hostname);
  if (!member || member.power === "off") {
    await world.clock.sleep(3100, signal);
    throw new PveError(`500 Can't connect to ${hostname}:8006 (No route to host)`);
  }
  await world.clock.sleep(150, signal);
  if (member.proxy === "down") throw new PveError(`500 Can't connect to ${hostname}:8006 (Connection refused)`);
  await verifyFingerprint(member, request, confirm);
  if (member.rootPassword !== request.password) {
    await world.clock.sleep(3000, signal);
    throw new PveError("401 authentication failure");
  }
  print("Login succeeded.\n");
  return member;
}

async function verifyFingerprint(
  member: NodeState,
  request: JoinRequest,
  confirm: ConfirmFingerprint | undefined,
): Promise<void> {
  const { fingerprint } = member.certificate;
  if (request.fingerprint === undefined && confirm) {
    if (await confirm(fingerprint)) return;
    throw new PveError("Fingerprint not verified, abort!");
  }
  if (request.fingerprint?.toUpperCase() === fingerprint) return;
  throw new PveError(`fingerprint '${fingerprint}' not verified, abort!`);
}

function requestAddition(world: World, node: NodeState, member: NodeState, request: JoinRequest, print: Print): void {
  const { links, nodeid, votes, force } = request;
  try {
    addMember(world, member, { name: node.name, address: node.address, links, nodeid, votes, force });
  } catch (error) {
    if (!(error instanceof PveError)) throw error;
    print(`An error occurred on the cluster node: ${error.message}\n`, "err");
    for (const [key, text] of Object.entries(error.errors ?? {}).sort()) {
      print(`${key.startsWith("warning") ? "*" : "!"} ${text}\n`, "err");
    }
    throw new PveError("Cluster join aborted!");
  }
}

async function finishJoin(
  world: World,
  node: NodeState,
  member: NodeState,
  print: Print,
  signal: AbortSignal,
): Promise<void> {
  print("stopping pve-cluster service\n");
  await world.clock.sleep(1000, signal);
  print(`backup old database to '/var/lib/pve-cluster/backup/config-${world.clock.seconds()}.sql.gz'\n`);
  const formerTicketKey = node.database.ticketKey;
  node.database = member.database;
  node.certificateAbsent = true;
  // On 9 some worker processes went on with the old key until the restart: answers were a mix of 200 and 401.
  if (world.dialect === "9") node.formerTicketKey = formerTicketKey;
  node.corosync.expectedVotes = member.corosync.expectedVotes;
  node.corosync.ringSequence = 1;
  node.corosync.running = true;
  // Corosync is a service: it finds the others also when who started it is gone.
  after(world, 7000, () => formMembership(world));
  print("waiting for quorum...");
  await world.clock.sleep(7000, signal);
  while (!isQuorate(node)) await world.clock.sleep(1000, signal);
  print("OK\n");
  await renewCertificate(world, node, print, signal);
  print(`successfully added node '${node.name}' to cluster.\n`);
}

async function renewCertificate(world: World, node: NodeState, print: Print, signal: AbortSignal): Promise<void> {
  print("(re)generate node files\n");
  await world.clock.sleep(500, signal);
  print("generate new node certificate\n");
  const { address, name, dns } = node;
  const from = world.clock.outside() - 86_400_000;
  const request = { node: name, domain: dns.search, address, from };
  const [certificate] = await Promise.all([
    issueCertificate(node.database.authority, request),
    world.clock.sleep(1500, signal),
  ]);
  node.certificate = certificate;
  node.certificateAbsent = false;
  world.events.emit({ type: "certificate", node: name });
  print("merge authorized SSH keys\n");
  await world.clock.sleep(400, signal);
  print("generated new node certificate, restart pveproxy and pvedaemon services\n");
  await restartProxy(world, node, signal);
  after(world, 3000, () => {
    node.formerTicketKey = undefined;
  });
}
