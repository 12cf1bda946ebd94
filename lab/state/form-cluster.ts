import { issueCertificate } from "../tls/certificate.ts";
import { addMember } from "./add-member.ts";
import { becomeFirstMember } from "./create-cluster.ts";
import { formMembership } from "./membership.ts";
import { recordFinishedTask } from "./tasks.ts";
import type { World } from "./world.ts";

/** Makes all nodes one cluster at once, as if it had been built an hour after the first boot: for scenarios that start there. */
export async function formCluster(world: World, clustername: string): Promise<void> {
  const [first, ...others] = world.nodes.values();
  if (!first) return;
  becomeFirstMember(world, first, { clustername, links: {} });
  const builtAt = Math.floor(first.bootTime / 1000) + 3600;
  recordFinishedTask(first, "clustercreate", builtAt, clustername);
  for (const [index, node] of others.entries()) {
    addMember(world, first, { name: node.name, address: node.address, links: {} });
    node.database = first.database;
    node.corosync.expectedVotes = first.corosync.expectedVotes;
    node.corosync.ringSequence = 1;
    node.corosync.running = true;
    formMembership(world);
    recordFinishedTask(node, "clusterjoin", builtAt + 60 * (index + 1));
  }
  const from = world.clock.outside() - 86_400_000;
  await Promise.all(
    others.map(async (node) => {
      const { name, address, dns, database } = node;
      node.certificate = await issueCertificate(database.authority, { node: name, domain: dns.search, address, from });
    }),
  );
}
