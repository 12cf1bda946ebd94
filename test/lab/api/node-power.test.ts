import { expect, test } from "vitest";
import { nodeOf } from "../../../lab/state/world.ts";
import { serveScenario } from "./client.ts";

test("POST nodes/NODE/status reboots a member: it leaves, comes back with a new uptime, and finds its quorum", async () => {
  await using served = await serveScenario("cluster");
  const client = served.client("pve1");
  await client.logIn();
  await client.data("POST", "/nodes/pve3/status", { command: "reboot" });
  await served.world.clock.sleep(6000);
  expect((await client.call("GET", "/nodes/pve3/status")).status).toBe(595);
  const online = async () => {
    const rows = await client.data<{ name: string; online?: number }[]>("GET", "/cluster/status");
    return rows.filter((row) => row.online === 1).map((row) => row.name);
  };
  expect(await online()).toEqual(["pve1", "pve2"]);
  await served.world.clock.sleep(18_000);
  expect(await online()).toEqual(["pve1", "pve2", "pve3"]);
  const { uptime } = await client.data<{ uptime: number }>("GET", "/nodes/pve3/status");
  expect(uptime).toBeLessThan(300);
  expect(nodeOf(served.world, "pve3").power).toBe("on");
});
