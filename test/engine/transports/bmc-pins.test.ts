import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../../engine/base/clock.ts";
import { type Bmc, openBmc } from "../../../engine/transports/bmc/open-bmc.ts";
import { createGuard } from "../../../engine/transports/guard.ts";
import { createSecrets } from "../../../engine/transports/secrets.ts";
import { CONTROLLER_PASSWORD, type LabController, startLabController } from "../../support/lab-controller.ts";
import { bareOperator, testInventory } from "../../support/transports.ts";

const STRANGER = Array.from({ length: 32 }, () => "AB").join(":");
const signal = AbortSignal.timeout(60_000);

let controller: LabController;
let bmc: Bmc;
beforeAll(async () => {
  controller = await startLabController();
});
afterAll(() => controller.close());
beforeEach(() => {
  const host = { ...bareOperator, env: { BMC: CONTROLLER_PASSWORD } };
  const site = testInventory([controller.node()], { bmc: { from: "env", name: "BMC" } });
  bmc = openBmc(createGuard(site), createSecrets(site, host), systemClock);
});
afterEach(() => bmc.close());

const ask = (node = controller.node()) =>
  bmc.request(
    node,
    { account: undefined, path: "/redfish/v1/Systems/1/" },
    { method: "GET", url: "", headers: {}, signal },
  );

describe("a controller's certificate", () => {
  it("without a pin is taken at first contact, told once, and holds from then on", async () => {
    const first = controller.server.bmc.certificate.fingerprint;
    expect((await ask()).status).toBe(200);
    expect(bmc.pins.firstContacts()).toEqual([{ node: "pve1", fingerprint: first }]);
    expect((await ask()).status).toBe(200);
    expect(bmc.pins.firstContacts()).toEqual([]);
  });

  it("that the inventory pins is not told: it is no first contact", async () => {
    const node = controller.node({ fingerprint: controller.server.bmc.certificate.fingerprint.toLowerCase() });
    expect((await ask(node)).status).toBe(200);
    expect(bmc.pins.firstContacts()).toEqual([]);
  });

  it("that is not the pinned one stops the request with both fingerprints, and no session is opened", async () => {
    const shown = controller.server.bmc.certificate.fingerprint;
    await expect(ask(controller.node({ fingerprint: STRANGER }))).rejects.toMatchObject({
      code: "BMC_PIN_MISMATCH",
      message: expect.stringMatching(`${STRANGER}.*${shown}`),
    });
    expect(controller.server.bmc.sessions.size).toBe(0);
  });

  it("that changes stops the next request, except after a step that renews it, which tells old and new", async () => {
    const before = controller.server.bmc.certificate.fingerprint;
    const node = controller.node({ fingerprint: before });
    const path = "/redfish/v1/Managers/1/Actions/Oem/Hpe/HpeiLO.ResetToFactoryDefaults/";
    const body = '{"ResetType":"Default"}';
    const reset = { method: "POST", url: "", headers: {}, body, signal };
    expect((await bmc.request(node, { account: undefined, path }, reset)).status).toBe(200);
    await expect.poll(() => controller.server.bmc.certificate.fingerprint, { timeout: 30_000 }).not.toBe(before);
    await expect.poll(() => controller.server.bmc.phase, { timeout: 30_000 }).toBe("up");
    const after = controller.server.bmc.certificate.fingerprint;
    await expect(ask(node)).rejects.toMatchObject({ message: expect.stringMatching(`${before}.*${after}`) });
    expect(await bmc.renew(node, signal)).toEqual({ before, after });
    expect(bmc.pins.firstContacts()).toEqual([]);
  });
});
