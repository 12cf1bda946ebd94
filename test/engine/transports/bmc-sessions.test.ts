import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../../engine/base/clock.ts";
import { createBmcRequester } from "../../../engine/transports/bmc/bmc.ts";
import { type BmcDoor, createBmcDoor } from "../../../engine/transports/bmc/bmc-door.ts";
import { createBmcPins } from "../../../engine/transports/bmc/bmc-pins.ts";
import { type BmcSessions, createBmcSessions } from "../../../engine/transports/bmc/bmc-sessions.ts";
import { createGuard } from "../../../engine/transports/guard.ts";
import { createSecrets } from "../../../engine/transports/secrets.ts";
import { CONTROLLER_PASSWORD, type LabController, startLabController } from "../../support/lab-controller.ts";
import { bareOperator, testInventory } from "../../support/transports.ts";

const signal = AbortSignal.timeout(60_000);
const SYSTEM = "/redfish/v1/Systems/1/";

let controller: LabController;
let door: BmcDoor;
let sessions: BmcSessions;
/** Keeps the answer back that says for the second time that the session has ended. */
let second: PromiseWithResolvers<void>;

beforeAll(async () => {
  controller = await startLabController();
});
afterAll(() => controller.close());
beforeEach(() => {
  const host = { ...bareOperator, env: { BMC: CONTROLLER_PASSWORD } };
  const site = testInventory([controller.node()], { bmc: { from: "env", name: "BMC" } });
  const real = createBmcDoor(createGuard(site), createBmcPins());
  second = Promise.withResolvers();
  let refusals = 0;
  door = {
    ...real,
    request: async (node, wire) => {
      const answer = await real.request(node, wire);
      const refused = wire.method === "GET" && (answer.status === 401 || answer.status === 404);
      if (refused) refusals += 1;
      if (refused && refusals === 2) await second.promise;
      return answer;
    },
  };
  sessions = createBmcSessions(door, createSecrets(site, host));
});
afterEach(async () => {
  second.resolve();
  await sessions.endAll();
  await door.close();
});

describe("two who find at once that the controller has ended their session", () => {
  const open = () => controller.server.bmc.sessions.size;

  it.each<[string, () => Promise<unknown>]>([
    ["consoles", () => sessions.alive(controller.node(), undefined, signal)],
    [
      "requests",
      () =>
        createBmcRequester(door, sessions, systemClock)(
          controller.node(),
          { account: undefined, path: SYSTEM },
          { method: "GET", url: "", headers: {}, signal },
        ),
    ],
  ])("as %s share the new one, and give it back at the end", async (_, ask) => {
    await sessions.get(controller.node(), undefined, signal);
    controller.server.bmc.sessions.clear();
    const both = [ask(), ask()];
    await Promise.race(both);
    expect(open()).toBe(1);
    second.resolve();
    await Promise.all(both);
    expect(open()).toBe(1);
    await sessions.endAll();
    expect(open()).toBe(0);
  });
});
