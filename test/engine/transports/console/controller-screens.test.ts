import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../../../engine/base/clock.ts";
import { findBrowser } from "../../../../engine/transports/browser/index.ts";
import { createConsoleTransport } from "../../../../engine/transports/console/index.ts";
import { openTransports, type Transports } from "../../../../engine/transports/open-transports.ts";
import type { ConsoleTransport } from "../../../../engine/transports/port.ts";
import { CONTROLLER_PASSWORD, type LabController, startLabController } from "../../../support/lab-controller.ts";
import { bareOperator, testInventory } from "../../../support/transports.ts";

const signal = AbortSignal.timeout(120_000);

let first: LabController;
let second: LabController;
let transports: Transports;
let consoles: ConsoleTransport;

/** Shows a text on the server's screen. */
function show({ server }: LabController, text: string): void {
  server.program = { screen: () => ({ type: "text", lines: [text], cursor: false }), key: () => {} };
}

beforeAll(async () => {
  [first, second] = await Promise.all([startLabController("pve1", 131), startLabController("pve2", 132)]);
  show(first, "premier serveur");
  show(second, "second serveur");
  const host = { ...bareOperator, env: { BMC: CONTROLLER_PASSWORD } };
  const inventory = testInventory([first.node(), second.node()], { bmc: { from: "env", name: "BMC" } });
  transports = openTransports(inventory, systemClock, host, () => {});
  consoles = createConsoleTransport({
    ...{ inventory, ...transports, clock: systemClock },
    findBrowser: () => findBrowser({ chosen: process.env["CONSTAT_BROWSER"], path: process.env["PATH"] }),
  });
});
afterAll(async () => {
  await consoles.close();
  await transports.close();
  await Promise.all([first.close(), second.close()]);
});

const open = (controller: LabController, changes = {}) =>
  consoles.open({ type: "bmc", node: controller.node(changes) }, signal);

describe("consoles behind management controllers", () => {
  it("of two servers at once leave each other alone, whichever was opened first", async () => {
    const one = await open(first);
    const two = await open(second);
    expect((await one.look(signal)).text).toContain("premier serveur");
    expect((await two.look(signal)).text).toContain("second serveur");
    await two.close();
    expect((await one.look(signal)).text).toContain("premier serveur");
    await one.close();
  });

  it("that are opened in the same moment are both shown", async () => {
    const held = await Promise.all([open(first), open(second), open(first)]);
    const texts = await Promise.all(held.map(async (each) => (await each.look(signal)).text.split("\n")[0]));
    expect(texts).toEqual(["premier serveur", "second serveur", "premier serveur"]);
    expect(first.server.bmc.sessions.size).toBe(1);
  });

  it("log in again when the controller has ended their session meanwhile", async () => {
    await (await open(first)).close();
    first.server.bmc.sessions.clear();
    const again = await open(first);
    expect((await again.look(signal)).text).toContain("premier serveur");
    expect(first.server.bmc.sessions.size).toBe(1);
  });

  it.each([
    ["a page that asks for a password", "/index.html", "CONSOLE_LOGGED_OUT", /bien que la session de .+ tienne/],
    ["a page that does not exist", "/ailleurs.html", "CONSOLE_NO_PAGE", /\/ailleurs\.html.*404/],
  ])("say clearly that they have met %s", async (_, consolePage, code, message) => {
    await expect(open(first, { consolePage })).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
