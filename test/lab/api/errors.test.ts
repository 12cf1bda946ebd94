import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openLedger } from "../recorded/ledger.ts";
import { type Client, type ServedWorld, serveScenario } from "./client.ts";
import { playedBy, REFUSED_FILES } from "./recorded-plan.ts";

const ledger = openLedger(import.meta.filename);

describe.each(REFUSED_FILES)("dialect $dialect, $scenario", ({ dialect, scenario, files }) => {
  let served: ServedWorld;
  let client: Client;
  beforeAll(async () => {
    served = await serveScenario(scenario, dialect);
    client = served.client("pve1");
    await client.logIn();
  });
  afterAll(() => served[Symbol.asyncDispose]());

  const refusals = playedBy("test/lab/api/errors.test.ts", files);

  test("has refusals to compare", () => {
    expect(refusals.length).toBeGreaterThan(0);
  });

  test.each(refusals.map((exchange) => [exchange.method, exchange.path, exchange.reason, exchange] as const))(
    "%s %s is refused with %s, letter for letter",
    async (method, path, _reason, exchange) => {
      const fields = method === "POST" ? { fields: exchange.fields } : {};
      const target = exchange.query === "" ? path : `${path}?${exchange.query}`;
      const answer = await client.call(method, target, { flavour: exchange.flavour, ...fields });
      expect(answer.status).toBe(exchange.status);
      expect(answer.reason).toBe(exchange.reason);
      expect(answer.text === "" ? undefined : JSON.parse(answer.text)).toEqual(exchange.body);
      expect(answer.headers["connection"]).toEqual(exchange.connection);
      ledger.played(exchange.id);
    },
  );
});

test("every call that the table promises was compared", () => {
  expect(ledger.missing()).toEqual([]);
});
