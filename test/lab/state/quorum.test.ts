import { describe, expect, test, vi } from "vitest";
import { cutLink, restoreLink } from "../../../lab/state/inject-faults.ts";
import { cutPower, powerOn, shutDown } from "../../../lab/state/power.ts";
import { assertQuorum, quorumOf, setExpectedVotes, writeState } from "../../../lab/state/quorum.ts";
import { openWorld } from "./worlds.ts";

/** The lab's clock is a hundred times faster than ours: what follows in seconds there may come late here. */
function soon(assertion: () => void): Promise<void> {
  return vi.waitFor(assertion, { timeout: 20_000, interval: 20 });
}

describe("quorum", () => {
  test("keeps the old picture for some seconds after a power cut, with busy writes, then holds with two of three", async () => {
    using open = await openWorld("cluster");
    const { world, pve1, pve3 } = open;
    cutPower(world, pve3);
    expect(quorumOf(pve1)).toMatchObject({ quorate: true, totalVotes: 3 });
    expect(writeState(pve1)).toBe("busy");
    await soon(() =>
      expect(quorumOf(pve1)).toMatchObject({ quorate: true, totalVotes: 2, expectedVotes: 3, quorum: 2 }),
    );
    expect(writeState(pve1)).toBe("ok");
  });

  test("is known at once to be less after a clean shutdown", async () => {
    using open = await openWorld("cluster");
    shutDown(open.world, open.pve3);
    expect(quorumOf(open.pve1)).toMatchObject({ quorate: true, totalVotes: 2 });
  });

  test("is lost by a node whose link is cut, and found again when it is mended", async () => {
    using open = await openWorld("cluster");
    const { world, pve1, pve2 } = open;
    cutLink(world, "pve1", 0);
    await soon(() =>
      expect(quorumOf(pve1)).toMatchObject({ quorate: false, totalVotes: 1, expectedVotes: 3, quorum: 2 }),
    );
    expect(quorumOf(pve2)).toMatchObject({ quorate: true, totalVotes: 2 });
    expect(writeState(pve1)).toBe("denied");
    expect(() => assertQuorum(pve1)).toThrow("cluster not ready - no quorum?");
    restoreLink(world, "pve1", 0);
    expect(quorumOf(pve1)).toMatchObject({ quorate: true, totalVotes: 3 });
    expect(pve1.corosync.ringSequence).toBe(pve2.corosync.ringSequence);
  });

  test("comes back to a lone node with `pvecm expected 1`, until the others return", async () => {
    using open = await openWorld("cluster");
    const { world, pve1, pve2, pve3 } = open;
    cutPower(world, pve2);
    cutPower(world, pve3);
    await soon(() => expect(quorumOf(pve1)).toMatchObject({ totalVotes: 1 }));
    setExpectedVotes(world.nodes.values(), pve1, 1);
    expect(quorumOf(pve1)).toMatchObject({ quorate: true, expectedVotes: 1 });
    powerOn(world, pve2);
    await soon(() => expect(quorumOf(pve1)).toMatchObject({ quorate: true, expectedVotes: 3, totalVotes: 2 }));
    expect(pve2.power).toBe("on");
  });

  test.each([
    [9, "Unable to set expected votes: CS_ERR_INVALID_PARAM"],
    [6, "Unable to set expected votes: CS_ERR_INVALID_PARAM"],
  ])("refuses `pvecm expected %i` on three nodes", async (expected, text) => {
    using open = await openWorld("cluster");
    expect(() => setExpectedVotes(open.world.nodes.values(), open.pve1, expected)).toThrow(text);
  });
});
