import { describe, expect, test } from "vitest";
import { renderCorosyncConf } from "../../../lab/state/corosync.ts";
import { createCluster } from "../../../lab/state/create-cluster.ts";
import { deleteNode } from "../../../lab/state/delete-node.ts";
import { newGuest } from "../../../lab/state/guest.ts";
import { joinCluster } from "../../../lab/state/join-cluster.ts";
import { ringId } from "../../../lab/state/membership.ts";
import type { NodeState } from "../../../lab/state/node.ts";
import { renderMembers } from "../../../lab/state/pmxcfs-files.ts";
import { quorumOf } from "../../../lab/state/quorum.ts";
import type { World } from "../../../lab/state/world.ts";
import { readFixture } from "../api/recording.ts";
import { openWorld, PASSWORD } from "./worlds.ts";

const never = new AbortController().signal;
const silent = () => {};

async function build(world: World, nodes: readonly NodeState[]): Promise<void> {
  const [first, ...others] = nodes;
  if (!first) return;
  await createCluster(world, first, { clustername: "lab", links: linksOf(first) }, silent, never);
  for (const node of others) {
    const { fingerprint } = first.certificate;
    const request = { hostname: first.address, password: PASSWORD, fingerprint, links: linksOf(node) };
    await joinCluster(world, node, request, silent, never);
  }
}

/** Two links as the recorded cluster had: one on a network of its own. */
function linksOf(node: NodeState) {
  const second = node.interfaces[0];
  if (second) second.address = node.address.replace("10.202.4.3", "10.10.20.1");
  return { 0: second?.address ?? "", 1: node.address };
}

describe("a cluster of three", () => {
  test.each([
    ["9", "9/cluster/05-three-nodes.txt"],
    ["8.4", "8.4/cluster/04-three-nodes.txt"],
  ] as const)("has the corosync.conf and .members recorded in dialect %s", async (dialect, file) => {
    using open = await openWorld("trois-noeuds", dialect);
    const { world, pve1, pve2, pve3 } = open;
    await build(world, [pve1, pve2, pve3]);
    const recorded = readFixture(file);
    const config = pve1.database.corosync;
    const conf = config ? renderCorosyncConf(config).replaceAll("10.202.4.3", "10.10.10.1") : "";
    expect(recorded).toContain(`# on pve1\n${conf}`);
    const members = renderMembers(world, pve1).replaceAll("10.202.4.3", "10.10.10.1");
    const anyVersion = (text: string) => text.replace(/"version": \d+,\n/, '"version": N,\n');
    expect(anyVersion(recorded)).toContain(anyVersion(members));
  });

  test("counts rings as recorded: 1.5, 1.9, 1.d", async () => {
    using open = await openWorld("trois-noeuds");
    const { world, pve1, pve2, pve3 } = open;
    const rings: string[] = [];
    await createCluster(world, pve1, { clustername: "lab", links: {} }, silent, never);
    rings.push(ringId(pve1));
    for (const node of [pve2, pve3]) {
      const { fingerprint } = pve1.certificate;
      const request = { hostname: "pve1", password: PASSWORD, fingerprint, links: {} };
      await joinCluster(world, node, request, silent, never);
      rings.push(ringId(node));
    }
    expect(rings).toEqual(["1.5", "1.9", "1.d"]);
    expect(pve2.database).toBe(pve1.database);
  });

  test("loses its quorum for the seconds in which the second vote is expected but absent", async () => {
    using open = await openWorld("trois-noeuds");
    const { world, pve1, pve2 } = open;
    await createCluster(world, pve1, { clustername: "lab", links: {} }, silent, never);
    const seen: (boolean | undefined)[] = [];
    const { fingerprint } = pve1.certificate;
    const request = { hostname: pve1.address, password: PASSWORD, fingerprint, links: {} };
    await joinCluster(
      world,
      pve2,
      request,
      (text) => {
        if (text.startsWith("waiting for quorum") || text === "OK\n") seen.push(quorumOf(pve1)?.quorate);
      },
      never,
    );
    expect(seen).toEqual([false, true]);
  });

  test("asks for the fingerprint when none was given, and stops at a no", async () => {
    using open = await openWorld("trois-noeuds");
    const { world, pve1, pve2 } = open;
    await createCluster(world, pve1, { clustername: "lab", links: {} }, silent, never);
    const asked: string[] = [];
    const refuse = async (fingerprint: string) => {
      asked.push(fingerprint);
      return false;
    };
    const request = { hostname: pve1.address, password: PASSWORD, links: {} };
    await expect(joinCluster(world, pve2, request, silent, never, refuse)).rejects.toThrow(
      "Fingerprint not verified, abort!",
    );
    expect(asked).toEqual([pve1.certificate.fingerprint]);
    expect(pve2.pvecmLocked).toBe(false);
  });

  test("lets a second pvecm on a node wait for the lock, then gives up", async () => {
    using open = await openWorld("trois-noeuds");
    const { world, pve1 } = open;
    pve1.pvecmLocked = true;
    const printed: string[] = [];
    const run = createCluster(world, pve1, { clustername: "lab", links: {} }, (text) => printed.push(text), never);
    await expect(run).rejects.toThrow("can't lock file '/var/lock/pvecm.lock' - got timeout");
    expect(printed).toEqual(["trying to acquire lock...\n"]);
  });

  test("refuses guests on the joiner, and goes on when forced", async () => {
    using open = await openWorld("trois-noeuds");
    const { world, pve1, pve2 } = open;
    await createCluster(world, pve1, { clustername: "lab", links: {} }, silent, never);
    pve2.guests.set(100, newGuest(100));
    const { fingerprint } = pve1.certificate;
    const request = { hostname: pve1.address, password: PASSWORD, fingerprint, links: {} };
    const printed: string[] = [];
    const print = (text: string) => printed.push(text);
    await expect(joinCluster(world, pve2, request, print, never)).rejects.toThrow(
      "Check if node may join a cluster failed!",
    );
    expect(printed.join("")).toBe("detected the following error(s):\n* this host already contains virtual guests\n");
    await joinCluster(world, pve2, { ...request, force: true }, print, never);
    expect(printed.join("")).toContain("WARNING : detected error but forced to continue!");
    expect(quorumOf(pve2)?.members.map((member) => member.name)).toEqual(["pve1", "pve2"]);
  });
});

describe("deleteNode()", () => {
  test.each([
    ["itself", "pve1", "Cannot delete myself from cluster!"],
    ["a stranger", "pve9", "Node/IP: pve9 is not a known host of the cluster."],
  ])("refuses %s", async (_, target, text) => {
    using open = await openWorld("cluster");
    expect(() => deleteNode(open.world, open.pve1, target, silent)).toThrow(text);
  });

  test("takes out a node that is online, as real nodes do, and keeps expecting its vote", async () => {
    using open = await openWorld("cluster");
    const printed: string[] = [];
    deleteNode(open.world, open.pve1, "pve3", (text) => printed.push(text));
    expect(printed).toEqual(["Killing node 3\n"]);
    expect(open.pve1.database.corosync?.nodes.map((node) => node.name)).toEqual(["pve1", "pve2"]);
    expect(quorumOf(open.pve1)).toMatchObject({ quorate: true, expectedVotes: 3, totalVotes: 2 });
    expect(quorumOf(open.pve3)).toBeUndefined();
    expect(open.pve3.database.corosync?.version).toBe(3);
  });
});
