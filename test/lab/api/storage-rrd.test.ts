import { expect, it } from "vitest";
import type { ApiCall } from "../../../lab/api/route.ts";
import { nodeStorageRrddataRoutes } from "../../../lab/api/routes/node-storage-rrddata.ts";
import { createClock } from "../../../lab/state/clock.ts";
import { createWorld } from "../../../lab/state/create-world.ts";
import { poolBehind } from "../../../lab/state/lvm/thin-pool.ts";
import { EXTENT } from "../../../lab/state/lvm/volume-group.ts";
import { storageOf } from "../../../lab/state/volumes.ts";
import { nodeOf } from "../../../lab/state/world.ts";

const NODE = { name: "pve1", address: "10.202.4.31", uptime: 7200, prefix: 16, gateway: "10.202.255.254" };

// What a real node keeps: one point a minute, the mean of that minute, and none of the minute that still runs.
it.each([
  [10, "AVERAGE", "the old size, as the minute of the change is not over", 0],
  [-30, "AVERAGE", "half of the growth", 0.5],
  [-30, "MAX", "the new size", 1],
  [-60, "AVERAGE", "the new size", 1],
])("a pool that grew %i s after the newest whole minute has %s %s", async (seconds, cf, _said, share) => {
  const node = { ...NODE, domain: "lab.example", rootPassword: "mot-de-testroot" };
  // Half a minute after a whole one.
  const clock = createClock(1, 1_800_000_030_000);
  const world = await createWorld({ nodes: [node], dialect: "9", clock });
  const pve1 = nodeOf(world, "pve1");
  const volume = poolBehind(pve1, storageOf(pve1, "local-lvm"))?.volume;
  if (volume === undefined) throw new Error("local-lvm stands on no pool");
  const before = volume.extents;
  volume.past.push({ until: 1_800_000_000 + seconds, extents: before });
  volume.extents = before * 3;
  const params = { storage: "local-lvm", timeframe: "hour", cf };
  const call = { world, node: pve1, params } as unknown as ApiCall;
  const points = (await nodeStorageRrddataRoutes[0]?.handle(call)) as { time: number; total: number }[];
  expect(points.at(-1)).toMatchObject({ time: 1_800_000_000, total: before * EXTENT * (1 + 2 * share) });
});
