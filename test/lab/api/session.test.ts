import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expireSessions } from "../../../lab/state/inject-faults.ts";
import { PASSWORD, type ServedWorld, serveScenario } from "./client.ts";
import { readRecording } from "./recording.ts";

describe("sessions", () => {
  let served: ServedWorld;
  beforeAll(async () => {
    served = await serveScenario("trois-noeuds");
  });
  afterAll(() => served[Symbol.asyncDispose]());

  const recorded = (reason: string) => {
    const exchange = readRecording("9/api/auth.txt").find((one) => one.reason === reason);
    if (!exchange) throw new Error(`no such recording: ${reason}`);
    return exchange;
  };

  test.each([
    ["a call without a cookie", "GET", {}, "No ticket"],
    ["a forged cookie", "GET", { Cookie: "PVEAuthCookie=garbage" }, "Authentication failed!"],
    ["an unknown API token", "GET", { Authorization: "PVEAPIToken=root@pam!x=0" }, "Authentication failed!"],
  ])("refuse %s with 401, a reason and no body", async (_, method, headers, reason) => {
    const answer = await served.client("pve1").call(method, "/nodes", { headers });
    expect([answer.status, answer.reason, answer.text]).toEqual([401, reason, ""]);
    expect(answer.headers["content-length"]).toBeUndefined();
    expect(recorded(reason).body).toBeUndefined();
  });

  test("refuse a change without a CSRF token with 401, not 403", async () => {
    const client = served.client("pve1");
    await client.logIn();
    const answer = await client.call("PUT", "/cluster/options", { headers: { CSRFPreventionToken: "" }, fields: {} });
    expect([answer.status, answer.reason, answer.text]).toEqual([401, "Permission denied - invalid csrf token", ""]);
  });

  test("refuse a wrong password with JSON, in the plain flavour", async () => {
    const fields = { username: "root@pam", password: "wrong" };
    const answer = await served.client("pve1").call("POST", "/access/ticket", { fields });
    const expected = recorded("authentication failure");
    expect([answer.status, answer.reason]).toEqual([401, expected.reason]);
    expect(JSON.parse(answer.text)).toEqual(expected.body);
  });

  test.each([
    ["9", "9/api/auth.txt"],
    ["8.4", "8.4/api/auth.txt"],
  ] as const)("start with the recorded capability map in dialect %s", async (dialect, file) => {
    await using other = await serveScenario("trois-noeuds", dialect);
    const fields = { username: "root", realm: "pam", password: PASSWORD };
    const data = await other.client("pve1").data<Record<string, unknown>>("POST", "/access/ticket", fields);
    const expected = readRecording(file).find((one) => one.path === "/access/ticket" && one.status === 200);
    const body = expected?.body as { data: Record<string, unknown> };
    expect(data["cap"]).toEqual(body.data["cap"]);
    expect(Object.keys(data).sort()).toEqual(Object.keys(body.data).sort());
    expect(data["ticket"]).toMatch(/^PVE:root@pam:[0-9A-F]{8}::[A-Za-z0-9+/=]{300,}$/);
    expect(data["CSRFPreventionToken"]).toMatch(/^[0-9A-F]{8}:[A-Za-z0-9+/]{43}$/);
  });

  test("are renewed by giving the ticket in place of the password", async () => {
    const client = served.client("pve2");
    const first = await client.data<{ ticket: string }>("POST", "/access/ticket", {
      username: "root@pam",
      password: PASSWORD,
    });
    const again = await client.data<{ ticket: string; username: string }>("POST", "/access/ticket", {
      username: "root@pam",
      password: first.ticket,
    });
    expect(again.username).toBe("root@pam");
  });

  test("belong to one node before a join: another node refuses the ticket", async () => {
    const { ticket } = await served.client("pve1").data<{ ticket: string }>("POST", "/access/ticket", {
      username: "root@pam",
      password: PASSWORD,
    });
    const headers = { Cookie: `PVEAuthCookie=${encodeURIComponent(ticket)}` };
    expect((await served.client("pve1").call("GET", "/version", { headers })).status).toBe(200);
    expect((await served.client("pve2").call("GET", "/version", { headers })).status).toBe(401);
  });

  test("end when a test says so, and start again with a new login", async () => {
    const client = served.client("pve3");
    await client.logIn();
    expireSessions(served.world, "pve3");
    expect((await client.call("GET", "/version")).reason).toBe("Authentication failed!");
    await served.world.clock.sleep(1100);
    await client.logIn();
    expect((await client.call("GET", "/version")).status).toBe(200);
  });

  test("keep the realms public", async () => {
    expect((await served.client("pve1").call("GET", "/access/domains")).status).toBe(200);
  });

  test("answer the extjs flavour of a failed login with 200 and success 0", async () => {
    const fields = { username: "root@pam", password: "wrong" };
    const answer = await served.client("pve1").call("POST", "/access/ticket", { fields, flavour: "extjs" });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({
      data: null,
      success: 0,
      status: 401,
      message: "authentication failure\n",
    });
  });
});
