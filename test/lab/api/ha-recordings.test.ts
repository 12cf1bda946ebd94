import { expect, test } from "vitest";
import { openLedger } from "../recorded/ledger.ts";
import { type Client, serveScenario } from "./client.ts";
import { playedBy } from "./recorded-plan.ts";
import { compareAnswer } from "./replay.ts";

const ledger = openLedger(import.meta.filename);

test("the recorded calls of the HA stack are answered with the recorded status, reason and shape, one after the other", async () => {
  await using served = await serveScenario("cluster", "9");
  const client = served.client("pve1");
  await client.logIn();
  await setUp(client);
  const files = ["9/api/ha-rules.txt", "9/api/disarm.txt"];
  for (const exchange of playedBy("test/lab/api/ha-recordings.test.ts", files)) {
    const { id, method, path, query, fields } = exchange;
    const given = method === "POST" || method === "PUT" ? { fields } : {};
    const answer = await client.call(method, `${path}${query && `?${query}`}`, given);
    compareAnswer(exchange, answer);
    if (exchange.status !== 200) expect(JSON.parse(answer.text), id).toEqual(exchange.body);
    ledger.played(id);
  }
});

test("every call that the table promises was compared", () => {
  expect(ledger.missing()).toEqual([]);
});

/** What the recorded cluster had: three machines under management, and a rule for one. */
async function setUp(client: Client): Promise<void> {
  for (const [vmid, node] of [
    ["100", "pve2"],
    ["200", "pve1"],
    ["300", "pve3"],
  ]) {
    await client.data("POST", `/nodes/${node}/qemu`, { vmid: vmid ?? "", memory: "64" });
    const listed = async () => (await client.call("GET", `/nodes/${node}/qemu/${vmid}/config`)).status;
    await expect.poll(listed).toBe(200);
  }
  const policy = { max_restart: "1", max_relocate: "1", comment: "web" };
  await client.data("POST", "/cluster/ha/resources", { sid: "vm:100", ...policy });
  await client.data("POST", "/cluster/ha/resources", { sid: "vm:200" });
  await client.data("POST", "/cluster/ha/resources", { sid: "vm:300", state: "stopped" });
  await client.data("POST", "/cluster/ha/rules", {
    ...{ type: "node-affinity", rule: "web-nodes", resources: "vm:100", comment: "web" },
    ...{ nodes: "pve2:2,pve3:1,pve1:1", strict: "0" },
  });
}
