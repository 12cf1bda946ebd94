import { expect, test } from "vitest";
import { serveScenario } from "./client.ts";
import { readFixture } from "./recording.ts";
import { shapeDifferences } from "./shape.ts";

test("GET /cluster/log has the fields of the recorded .clusterlog, newest line first", async () => {
  await using served = await serveScenario("cluster", "8.4");
  const client = served.client("pve1");
  await client.logIn();
  const [, recorded = "{}"] = /"data": (\[[\s\S]*?\n\])/.exec(readFixture("8.4/cluster/04-three-nodes.txt")) ?? [];
  const lines = await client.data<{ time: number; msg: string }[]>("GET", "/cluster/log?max=10");
  expect(shapeDifferences(JSON.parse(recorded), lines)).toEqual([]);
  expect(lines[0]?.msg).toBe("successful auth for user 'root@pam'");
  expect(lines.map((line) => line.time)).toEqual(lines.map((line) => line.time).sort((a, b) => b - a));
});
