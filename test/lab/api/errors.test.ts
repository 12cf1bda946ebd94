import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Dialect } from "../../../lab/state/dialect.ts";
import { type Client, type ServedWorld, serveScenario } from "./client.ts";
import { type Exchange, readRecording } from "./recording.ts";

/** What concerns users and machines that the lab has not (yet): it has root@pam alone. */
const LATER = /^\/access\/users|\/qemu(?:\/\d+\/(?!config))?$/;

const CASES: readonly (readonly [dialect: Dialect, scenario: string, files: readonly string[]])[] = [
  ["9", "trois-noeuds", ["9/api/auth.txt", "9/api/standalone.txt"]],
  ["9", "cluster", ["9/api/misc.txt", "9/api/vm-tasks.txt"]],
  ["8.4", "trois-noeuds", ["8.4/api/auth.txt", "8.4/api/join.txt"]],
  ["8.4", "cluster", ["8.4/api/misc.txt", "8.4/api/vm-tasks.txt"]],
];

describe.each(CASES)("dialect %s, %s", (dialect, scenario, files) => {
  let served: ServedWorld;
  let client: Client;
  beforeAll(async () => {
    served = await serveScenario(scenario, dialect);
    client = served.client("pve1");
    await client.logIn();
  });
  afterAll(() => served[Symbol.asyncDispose]());

  const refusals = files.flatMap(readRecording).filter(isReplayable);

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
    },
  );
});

/** Refusals of a logged-in caller that do not depend on guests or users; sessions have their own test. */
function isReplayable(exchange: Exchange): boolean {
  const body = exchange.body as { success?: number } | undefined;
  const refused = exchange.status >= 400 || body?.success === 0;
  const ofGuests = exchange.method === "DELETE";
  return refused && !ofGuests && exchange.status !== 401 && exchange.status !== 595 && !LATER.test(exchange.path);
}
