import { describe, expect, test } from "vitest";
import { openLedger } from "../recorded/ledger.ts";
import { PASSWORD, serveScenario } from "./client.ts";
import { playedBy } from "./recorded-plan.ts";
import { compareAnswer } from "./replay.ts";

const ledger = openLedger(import.meta.filename);

describe.each(["9", "8.4"] as const)("sessions of dialect %s", (dialect) => {
  test("begin and are refused as recorded", async () => {
    await using served = await serveScenario("trois-noeuds", dialect);
    const files = ["auth", "standalone", "misc"].map((name) => `${dialect}/api/${name}.txt`);
    const known = files.filter((file) => dialect === "9" || !file.includes("standalone"));
    for (const exchange of playedBy("test/lab/api/session-recordings.test.ts", known)) {
      const { method, path, fields, cookie, id } = exchange;
      const client = served.client("pve1");
      // A real ticket, and no token beside it: that is what was refused.
      const genuine = cookie?.includes("TICKET") ?? false;
      if (genuine) await client.logIn();
      const headers: Record<string, string> = genuine ? { CSRFPreventionToken: "" } : cookie ? { Cookie: cookie } : {};
      const given = Object.entries(fields).map(([name, value]) => [name, value.replace("********", PASSWORD)]);
      const body = method === "POST" ? { fields: Object.fromEntries(given) } : {};
      const answer = await client.call(method, path, { headers, ...body });
      compareAnswer(exchange, answer);
      if (exchange.status !== 200 && answer.text !== "") expect(JSON.parse(answer.text), id).toEqual(exchange.body);
      ledger.played(id);
    }
  });
});

test("every call that the table promises was compared", () => {
  expect(ledger.missing()).toEqual([]);
});
