import { expect, test } from "vitest";
import { cutPower } from "../../../lab/state/power.ts";
import { nodeOf } from "../../../lab/state/world.ts";
import { openLedger } from "../recorded/ledger.ts";
import { serveScenario } from "./client.ts";
import { playedBy } from "./recorded-plan.ts";
import { compareAnswer } from "./replay.ts";

const ledger = openLedger(import.meta.filename);

test("a node without power is answered for as recorded: 595, the reason, no body; its machine is listed still", async () => {
  await using served = await serveScenario("migration", "8.4");
  const client = served.client("pve2");
  await client.logIn();
  // The lab's machine 100 is on pve1, the recording's was on pve2.
  cutPower(served.world, nodeOf(served.world, "pve1"));
  for (const exchange of playedBy("test/lab/api/outage.test.ts", ["8.4/api/outage.txt"])) {
    const path = exchange.path.replace("/nodes/pve2/", "/nodes/pve1/");
    const answer = await client.call("GET", `${path}${exchange.query && `?${exchange.query}`}`);
    compareAnswer(exchange, answer, [/\.hastate: missing$/]);
    if (exchange.status === 595) expect(answer.text).toBe("");
    ledger.played(exchange.id);
  }
  await expect(served.client("pve1").call("GET", "/version")).rejects.toThrow(/ECONNREFUSED/);
});

test("every call that the table promises was compared", () => {
  expect(ledger.missing()).toEqual([]);
});
