import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { InventoryNode } from "../../../engine/model/inventory.ts";
import { brief, examine } from "../../support/doctor-site.ts";
import { type FakePve, startFakePve } from "../../support/fake-pve.ts";
import { freePort, type Sshd, startSshd } from "../../support/sshd.ts";

const SECRETS = { root_password: "p&ss=w%rd é" };
let sshd: Sshd;
let pve: FakePve;

/** The real sshd and a server that answers as pveproxy, as one node that is named like this machine. */
function node(over: Partial<InventoryNode> = {}): InventoryNode {
  return { ...pve.node(), ...sshd.node(), name: "pve1", hostname: hostname(), pve: pve.node().pve, ...over };
}

/** Answers of a Proxmox VE to those questions that an examination asks. */
function healthy(url: string): unknown {
  if (url.endsWith("/version")) return { version: "9.2.11", release: "9.2" };
  if (url.endsWith("/time")) return { time: Math.floor(Date.now() / 1_000) };
  const all = Object.fromEntries(
    ["Sys.Audit", "Sys.Modify", "Sys.Console", "Datastore.Audit", "VM.Audit", "VM.Console", "VM.Migrate"]
      .concat("SDN.Audit", "SDN.Allocate")
      .map((name) => [name, 1]),
  );
  return Object.fromEntries(["/", "/nodes", "/storage", "/vms", "/sdn"].map((path) => [path, all]));
}

/** A server on which `pveversion` says this. */
async function sshdOf(release: string): Promise<Sshd> {
  const folder = mkdtempSync(join(tmpdir(), "constat-pveversion-"));
  const said = `pve-manager/${release}/9002ab8a (running kernel: 6.8.12-4-pve)`;
  writeFileSync(join(folder, "pveversion"), `#!/bin/sh\necho '${said}'\n`, { mode: 0o755 });
  const server = await startSshd({ config: [`SetEnv PATH=${folder}:/usr/local/bin:/usr/bin:/bin`] });
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  };
  return { ...server, stop };
}

beforeAll(async () => {
  sshd = await sshdOf("9.2.11");
});
afterAll(() => sshd.stop());
beforeEach(async () => {
  pve = await startFakePve();
  pve.api = ({ url }, response) => response.end(JSON.stringify({ data: healthy(url) }));
});
afterEach(() => pve.close());

describe("examineSite()", () => {
  test("finds a healthy node healthy, and asks its API nothing but to read", async () => {
    const seen = await examine([node()], { secrets: SECRETS });
    const other = seen.filter(({ status }) => status !== "ok");
    // This machine may lack room, and its account may be anybody's; the rest is as it should be.
    expect(other.filter(({ check }) => check !== "disk" && check !== "privileges")).toEqual([]);
    expect(seen.map(({ check }) => check).sort()).toEqual(
      ["api", "api-privileges", "certificate", "clock", "disk", "hostname", "privileges", "ssh", "version"].sort(),
    );
    const changing = pve.server.seen.filter(({ method, url }) => method !== "GET" && !url.endsWith("/access/ticket"));
    expect(changing).toEqual([]);
  });

  const closed: InventoryNode["ssh"] = { user: "root", endpoint: { host: "127.0.0.1", port: 9 }, hostKeys: [] };
  test.each<readonly [string, () => Promise<InventoryNode> | InventoryNode, readonly string[]]>([
    [
      "a closed ssh port, the API still being pinned",
      async () => node({ ssh: { ...closed, endpoint: { host: "127.0.0.1", port: await freePort() } } }),
      ["ssh error SSH_UNREACHABLE"],
    ],
    [
      "a wrong host key, without which no certificate can be read",
      () => node({ ...sshd.node({ hostKeys: [`SHA256:${"A".repeat(43)}`] }), pve: withoutPin() }),
      ["ssh error SSH_HOST_KEY_CHANGED", "api unchecked"],
    ],
    ["an unknown host key", () => node(sshd.node({ hostKeys: [] })), ["ssh error SSH_HOST_KEY_UNKNOWN"]],
    [
      "a key that the server refuses",
      () => node(sshd.node({ identity: join(sshd.folder, "host_ed25519") })),
      ["ssh error SSH_AUTH_FAILED"],
    ],
    [
      "another certificate than the pinned one",
      () => node({ pve: { ...withoutPin(), fingerprint: "AB:".repeat(31).concat("AB") } }),
      ["api error TLS_PIN_MISMATCH"],
    ],
    [
      "a closed API port",
      async () => node({ pve: { ...pinned(), connect: { host: "127.0.0.1", port: await freePort() } } }),
      ["api error HTTP_UNREACHABLE"],
    ],
    ["a machine with another name", () => node({ hostname: "pve9" }), ["hostname error NODE_NAME_MISMATCH"]],
    ["a release other than the declared one", () => node({ version: "8.4" }), ["version error VERSION_MISMATCH"]],
  ])("names %s", async (_name, make, expected) => {
    const seen = brief(await examine([await make()], { secrets: SECRETS }));
    const known = seen.filter((line) => !line.endsWith(" ok") && !/^(?:disk|privileges) /.test(line));
    for (const line of expected) expect(known).toContain(line);
    expect(known.filter((line) => !expected.includes(line) && line.includes(" error "))).toEqual([]);
  });

  test.each([
    [401, "No ticket", "API_UNAUTHORIZED"],
    [403, "Permission check failed (/, Sys.Audit)", "API_FORBIDDEN"],
    [595, "No route to host", "API_RELAY_FAILED"],
    [596, "Connection timed out", "API_RELAY_FAILED"],
    [500, "hostname lookup 'pve9' failed", "API_TROUBLE"],
  ])("names an API that answers %i %s", async (status, reason, code) => {
    pve.api = (_request, response) => response.writeHead(status, reason).end();
    const seen = await examine([node()], { secrets: SECRETS });
    expect(seen.find(({ check }) => check === "api")).toMatchObject({
      ...{ status: "error", code },
      text: `l’API répond HTTP ${status} ${reason}`,
      remedy: expect.stringMatching(/\S/),
    });
  });

  test("names a refused password without showing it, and a missing one", async () => {
    const wrong = await examine([node()], { secrets: { root_password: "wrong-password" } });
    expect(brief(wrong)).toContain("api error PVE_AUTH_FAILED");
    expect(JSON.stringify(wrong)).not.toContain("wrong-password");
    const none = await examine([node()], { secrets: { root_password: "" } });
    expect(brief(none)).toContain("api unchecked");
  });

  test("tries the password that stands beside a token, and says what a token alone leaves closed", async () => {
    const token = { id: "audit@pve!constat", secret: "jeton" };
    const secrets = { ...SECRETS, jeton: "s3cr-3t" };
    const both = node({ pve: { ...pinned(), token } });
    const found = async (one: InventoryNode, known: Readonly<Record<string, string>>) =>
      (await examine([one], { secrets: known })).filter(({ check }) => check === "api" || check === "web");
    expect(await found(both, secrets)).toMatchObject([
      { check: "api", status: "ok", text: "jeton audit@pve!constat accepté" },
      { check: "web", status: "ok", text: "session de root@pam ouverte" },
    ]);
    const wrong = await found(both, { ...secrets, root_password: "wrong-password" });
    expect(brief(wrong)).toEqual(["api ok", "web error PVE_AUTH_FAILED"]);
    expect(JSON.stringify(wrong)).not.toContain("wrong-password");
    const alone = node({ pve: { ...pinned(), password: undefined, token } });
    expect(brief(await found(alone, secrets))).toEqual(["api ok", "web note"]);
  });

  test("tells by how much the clock is off", async () => {
    const late = await examine([node()], { secrets: SECRETS, aheadMs: 3_600_000 });
    expect(late.find(({ check }) => check === "clock")).toMatchObject({
      ...{ status: "error", code: "CLOCK_OFFSET" },
      text: "60 min de retard sur cette machine",
    });
  });

  test("judges the release that the machine names, installed or not", async () => {
    const old = await sshdOf("7.4-3");
    try {
      const ancient = await examine([node({ ssh: old.node().ssh, pve: undefined })]);
      expect(brief(ancient)).toContain("version error VERSION_UNPROVEN");
    } finally {
      await old.stop();
    }
    const plain = await startSshd();
    try {
      const bare = await examine([
        node({ ssh: plain.node().ssh, pve: { ...pinned(), connect: { host: "127.0.0.1", port: await freePort() } } }),
      ]);
      expect(brief(bare)).toContain("version warning PVE_ABSENT");
      expect(brief(bare)).toContain("api unchecked");
    } finally {
      await plain.stop();
    }
  });

  test("ends in time with a machine that lets itself be called and says nothing", async () => {
    const frozen = await startSshd();
    try {
      frozen.freeze();
      const silent = { ...frozen.node(), name: "pve2", address: "127.0.0.2", pve: undefined };
      const seen = await examine([node(), silent], { secrets: SECRETS, limitMs: 5_000 });
      const of = (name: string) => seen.filter(({ subject }) => subject.type === "node" && subject.name === name);
      expect(brief(of("pve2"))).toEqual(["ssh error CHECK_TIMEOUT"]);
      expect(brief(of("pve1"))).toContain("ssh ok");
    } finally {
      await frozen.stop();
    }
  });

  test("says once that two names lead to one machine", async () => {
    const seen = await examine([node(), node({ name: "pve2" })], { secrets: SECRETS });
    expect(brief(seen).filter((line) => line.startsWith("homogeneous"))).toEqual(["homogeneous warning MACHINE_TWICE"]);
  });

  test("stops when it is called off", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(examine([node()], { secrets: SECRETS, signal })).rejects.toThrow("enough");
  });
});

function pinned() {
  const access = pve.node().pve;
  if (access === undefined) throw new Error("no access");
  return access;
}

function withoutPin() {
  return { ...pinned(), fingerprint: undefined };
}
