import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Clock, systemClock } from "../../../engine/base/clock.ts";
import { loadInventory } from "../../../engine/cli/sources.ts";
import type { Inventory } from "../../../engine/model/inventory.ts";
import { openTransports, type Transports } from "../../../engine/transports/open-transports.ts";
import { createSecondFactor } from "../../../engine/transports/second-factor.ts";
import { createSecrets } from "../../../engine/transports/secrets.ts";
import { oneTimeCode } from "../../../engine/transports/totp.ts";
import { type Lab, startLab } from "../../../lab/index.ts";
import { testInventory } from "../../support/transports.ts";

describe("oneTimeCode()", () => {
  // RFC 6238, appendix B: eight digits for this key, of which six are shown.
  it.each([
    ["GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 59, "287082"],
    ["gezd gnbv gy3t qojq gezd gnbv gy3t qojq", 1_111_111_109, "081804"],
    ["otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&digits=8", 2_000_000_000, "69279037"],
  ])("makes the code of %s at %i", (key, seconds, code) => {
    expect(oneTimeCode(key, "totp", new Date(seconds * 1_000)).code).toBe(code);
  });

  it("repeats nothing of a key that is none", () => {
    const wrong = () => oneTimeCode("not a key!", "root_totp", new Date());
    expect(wrong).toThrowError(expect.objectContaining({ code: "PVE_TOTP_INVALID" }));
    expect(wrong).not.toThrowError(/not a key/);
  });
});

describe("createSecondFactor()", () => {
  it("shows each code once, however many wait for the same one", async () => {
    const codes: string[] = [];
    let now = 0;
    const waiting: (() => void)[] = [];
    // All of them wake in the same instant, at the start of the next period.
    const period: Clock = {
      monotonic: () => now,
      now: () => new Date(now),
      sleep: () =>
        new Promise((resolve) => {
          if (waiting.push(resolve) > 1) return;
          setImmediate(() => {
            now += 30_000;
            for (const wake of waiting.splice(0)) wake();
          });
        }),
    };
    const pve = { user: "root@pam", totp: "root_totp", endpoint: { host: "10.202.4.31", port: 8006 } };
    const node = { name: "pve1", hostname: "pve1", address: "10.202.4.31", vars: {}, pve };
    const inventory = testInventory([node], { root_totp: { from: "env", name: "KEY" } });
    const secrets = createSecrets(inventory, {
      env: { KEY: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" },
      home: "/nonexistent",
    });
    const answer = createSecondFactor(secrets, period);
    const post = async ({ password = "" }: Readonly<Record<string, string>>) => {
      codes.push(password);
      return { status: 200, reason: "OK", headers: {}, body: Buffer.from("") };
    };
    await Promise.all([1, 2, 3].map(() => answer(node, "PVE:!tfa!x", post, AbortSignal.timeout(20_000))));
    expect([codes.length, new Set(codes).size]).toEqual([3, 3]);
    // The digits alone would be found in any long number.
    expect(secrets.known().filter((each) => /^\d+$/.test(each))).toEqual([]);
    expect(secrets.known()).toEqual(expect.arrayContaining(codes));
  });

  it("says of a refused code that another run may have shown it a moment ago", async () => {
    const pve = { user: "root@pam", totp: "root_totp", endpoint: { host: "10.202.4.31", port: 8006 } };
    const node = { name: "pve1", hostname: "pve1", address: "10.202.4.31", vars: {}, pve };
    const inventory = testInventory([node], { root_totp: { from: "env", name: "KEY" } });
    const secrets = createSecrets(inventory, {
      env: { KEY: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" },
      home: "/nonexistent",
    });
    const refuse = async () => ({ status: 401, reason: "no", headers: {}, body: Buffer.from("") });
    const login = createSecondFactor(secrets, systemClock)(node, "PVE:!tfa!x", refuse, AbortSignal.timeout(5_000));
    await expect(login).rejects.toMatchObject({
      code: "PVE_TFA_REFUSED",
      hint: expect.stringMatching(/horloge.*autre exécution.*30\s+s/),
    });
  });
});

describe("createPveTickets() with a second factor", () => {
  let folder: string;
  let lab: Lab;
  let inventory: Inventory;
  let transports: Transports;
  let slept = 0;
  const learned: string[] = [];
  /** Waiting for the next code costs no time: the server takes the code of the period after its own. */
  const clock: Clock = {
    now: () => new Date(Date.now() + slept),
    monotonic: () => systemClock.monotonic(),
    sleep: async (ms, stop) => {
      // What a shell waits for between two looks would add up to more than that.
      if (ms < 1_000) await systemClock.sleep(ms, stop);
      else slept += ms;
    },
  };
  const signal = AbortSignal.timeout(50_000);
  const node = (name: string) => {
    const found = inventory.nodes.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no node ${name}`);
    return found;
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "second-factor-"));
    lab = await startLab({ folder, secondFactor: true });
    const read = (await loadInventory(lab.inventoryFile)).inventory;
    if (read === undefined) throw new Error("no inventory");
    inventory = read;
    transports = openTransports(inventory, clock, { env: {}, home: folder }, (value) => learned.push(value));
  });
  afterAll(async () => {
    await transports.close();
    await lab.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("opens a session in two steps, and makes both tickets and the code secret", async () => {
    const { ticket, user, capabilities } = await transports.tickets.get(node("pve1"), signal);
    expect(ticket).toMatch(/^PVE:root@pam:/);
    expect([user, Object.keys(capabilities).length > 3]).toEqual(["root@pam", true]);
    const code = learned.find((each) => /^totp:\d{6}$/.test(each));
    expect([learned.includes(ticket), code, learned.some((each) => each.startsWith("PVE:!tfa!"))]).toEqual([
      true,
      expect.any(String),
      true,
    ]);
  });

  it("waits for the next code rather than showing one twice", async () => {
    await transports.tickets.get(node("pve2"), signal);
    expect(new Set(learned.filter((each) => /^totp:\d{6}$/.test(each))).size).toBe(2);
  });

  it("is what the http kind uses too", async () => {
    const request = { method: "GET", url: "/version", headers: {}, signal };
    expect((await transports.http.request(node("pve1"), request)).status).toBe(200);
  });

  it.each([
    ["no secret for its codes", { totp: undefined }, "PVE_TFA_NEEDED", /second facteur.*codes à usage unique/],
    ["a key of other codes", { totp: "root_password" }, /PVE_TOTP_INVALID|PVE_TFA_REFUSED/, /./],
    ["an API token as user", { user: "root@pam!constat" }, "PVE_TOKEN", /jeton d’API/],
  ])("says what is wrong with %s", async (_what, more, code, message) => {
    const pve3 = node("pve3");
    if (pve3.pve === undefined) throw new Error("no access");
    const failing = transports.tickets.get({ ...pve3, pve: { ...pve3.pve, ...more } }, signal);
    await expect(failing).rejects.toMatchObject({
      code: typeof code === "string" ? code : expect.stringMatching(code),
      message: expect.stringMatching(message),
    });
  });

  it.each([
    [{ webauthn: { publicKey: {} }, recovery: "unavailable" }, /\(WebAuthn\)/],
    [{ yubico: true, totp: false }, /\(Yubico OTP\)/],
    [{ recovery: [0, 1, 2], u2f: null }, /\(clés de récupération\)/],
  ])("refuses an account whose factors need a person: %j", async (offered, message) => {
    const challenge = `PVE:!tfa!${encodeURIComponent(JSON.stringify(offered))}:6923:x::y`;
    const post = async () => {
      throw new Error("no code is to be sent");
    };
    const { pve, ...bare } = node("pve3");
    if (pve === undefined) throw new Error("no access");
    for (const totp of [pve.totp, undefined]) {
      const answering = createSecondFactor(transports.secrets, clock)(
        { ...bare, pve: { ...pve, totp } },
        challenge,
        post,
        signal,
      );
      await expect(answering).rejects.toMatchObject({
        code: "PVE_TFA_NEEDED",
        message: expect.stringMatching(message),
        hint: expect.stringContaining("demandent une personne"),
      });
    }
  });

  it("finds the key in the secrets of the lab's inventory", async () => {
    expect(await readFile(join(folder, "secrets", "root-totp"), "utf8")).toMatch(/^otpauth:\/\/totp\//);
    expect(node("pve1").pve?.totp).toBe("root_totp");
  });
});
