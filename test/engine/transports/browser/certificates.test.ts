import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { threeNodes } from "../../../lab/ui/fixture-api.ts";
import { type SecureFixture, startSecureFixture } from "./secure-fixture.ts";
import { type Certificate, selfSigned } from "./self-signed.ts";
import { type TestTransport, transportTo } from "./transport-to.ts";

const VIEW = { view: "datacenter/cluster" };

describe("createBrowserTransport() checks a node's certificate", () => {
  let first: Certificate;
  let second: Certificate;
  let fixture: SecureFixture;
  let door: TestTransport;
  beforeAll(async () => {
    first = await selfSigned("10.202.4.31");
    second = await selfSigned("10.202.4.31");
  });
  beforeEach(async () => {
    fixture = await startSecureFixture(first, threeNodes());
    door = transportTo(fixture.port, first.fingerprint, { ticket: fixture.ticket });
  });
  afterEach(async () => {
    await door.transport.close();
    await fixture.close();
  });

  it("refuses another certificate than the pinned one before a page is opened", async () => {
    door.pin.fingerprint = second.fingerprint;
    await expect(door.shoot(VIEW)).rejects.toMatchObject({
      code: "TLS_PIN_MISMATCH",
      message: expect.stringContaining(second.fingerprint),
    });
    expect(fixture.state.requests).toEqual([]);
  });

  it.each([
    ["TLS_EXPIRED", [-20, -1]],
    ["TLS_NOT_YET_VALID", [1, 20]],
  ] as const)("refuses the pinned certificate outside its dates: %s", async (code, days) => {
    const other = await selfSigned("10.202.4.31", days);
    fixture.renew(other);
    door.pin.fingerprint = other.fingerprint;
    await expect(door.shoot(VIEW)).rejects.toMatchObject({ code, message: expect.stringContaining("pve1") });
    expect(fixture.state.requests).toEqual([]);
  });

  it("does not follow a certificate that changes without being told", async () => {
    expect(await door.shoot(VIEW)).toMatchObject({ status: "shot" });
    fixture.renew(second);
    await expect(door.shoot(VIEW)).rejects.toMatchObject({ code: "TLS_REFUSED" });
  });

  it("starts afresh with the new key, and a new session, once it is told to forget the node", async () => {
    expect(await door.shoot(VIEW)).toMatchObject({ status: "shot" });
    fixture.renew(second);
    door.pin.fingerprint = second.fingerprint;
    await door.transport.forget(door.node);
    expect(await door.shoot(VIEW)).toMatchObject({ status: "shot" });
    expect(door.logins()).toBe(2);
  });
});
