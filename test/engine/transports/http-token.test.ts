import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { tokenRefusal } from "../../../engine/model/pve-token.ts";
import { asked, type FakePve, startFakePve } from "../../support/fake-pve.ts";

const TOKEN = { id: "audit@pve!constat", secret: "jeton" };

let pve: FakePve;
beforeEach(async () => {
  pve = await startFakePve();
});
afterEach(() => pve.close());

/** What let each request in, as the server saw it. */
const entries = () =>
  pve.server.seen.map(({ headers }) => headers.authorization ?? headers.cookie?.replace(/=.*/, "") ?? "none");

describe("an API token", () => {
  test("opens reads and changes without a login, a cookie or a CSRF token", async () => {
    const node = pve.node({ token: TOKEN });
    const http = pve.transport([node]);
    await http.request(node, asked("GET", "/version"));
    await http.request(node, asked("POST", "/pools", { body: "poolid=x" }));
    expect(entries()).toEqual(Array.from({ length: 2 }, () => "PVEAPIToken=audit@pve!constat=s3cr-3t"));
    expect(pve.server.seen.at(-1)?.headers["csrfpreventiontoken"]).toBeUndefined();
    expect(pve.logins).toBe(0);
  });

  test.each([
    ["POST", "/nodes/pve1/qemu/100/vncproxy"],
    ["PUT", "/access/password"],
    ["GET", "/access/tfa/root@pam"],
    ["POST", "/cluster/config"],
    ["POST", "/api2/extjs/cluster/config/join"],
  ])("gives way to a ticket where Proxmox takes none: %s %s", async (method, path) => {
    const node = pve.node({ token: TOKEN });
    await pve.transport([node]).request(node, asked(method, path));
    expect([entries().at(-1), pve.logins]).toEqual(["PVEAuthCookie", 1]);
  });

  test("of a node without a password, such a method is named, and nothing is sent", async () => {
    const node = pve.node({ token: TOKEN, password: undefined });
    await expect(pve.transport([node]).request(node, asked("POST", "/cluster/config/join"))).rejects.toMatchObject({
      code: "PVE_TOKEN_REFUSED",
      message: expect.stringMatching(/« POST \/cluster\/config\/join ».*audit@pve!constat.*réserve à root@pam/),
      hint: expect.stringContaining("`password`"),
    });
    expect(pve.server.seen).toEqual([]);
  });

  test.each([
    "Permission check failed (user != root@pam)",
    "URI '/x' not available with API token, need proper ticket.",
  ])("is followed by a ticket when the server says « %s »", async (reason) => {
    pve.api = (request, response) => {
      if (request.headers.authorization === undefined) response.end('{"data":1}');
      else response.writeHead(403, reason).end();
    };
    const node = pve.node({ token: TOKEN });
    expect((await pve.transport([node]).request(node, asked("POST", "/x"))).status).toBe(200);
    expect(entries()).toEqual(["PVEAPIToken=audit@pve!constat=s3cr-3t", "none", "PVEAuthCookie"]);
  });

  test("that lacks a right stays the one who asks: its account's greater rights are not taken", async () => {
    pve.api = (_request, response) => response.writeHead(403, "Permission check failed (/vms/100, VM.Migrate)").end();
    const node = pve.node({ token: TOKEN });
    expect((await pve.transport([node]).request(node, asked("POST", "/x"))).status).toBe(403);
    expect(pve.logins).toBe(0);
  });

  test("that may not see a task which the account began leaves it to the account, and its own task to itself", async () => {
    pve.api = (request, response) => {
      if (request.headers.authorization !== undefined)
        response.writeHead(403, "Permission check failed (/nodes/pve1, Sys.Audit)").end();
      else if (request.url.includes("/log")) response.end('{"total":1,"data":[{"n":1,"t":"TASK OK"}]}');
      else response.end('{"data":{"status":"stopped","exitstatus":"OK"}}');
    };
    const node = pve.node({ token: TOKEN });
    const http = pve.transport([node]);
    const of = (user: string) => `UPID:pve1:000A1B2C:00D4E5F6:6741F00D:clusterjoin::${user}:`;
    const end = await http.followTask(node, of("root@pam"), AbortSignal.timeout(20_000));
    expect([end.exitStatus, pve.logins]).toEqual(["OK", 1]);
    const own = `/nodes/pve1/tasks/${encodeURIComponent(of(TOKEN.id))}/status`;
    expect((await http.request(node, asked("GET", own))).status).toBe(403);
  });

  test("that is refused gives its 401 at once: a login would be another one's", async () => {
    pve.api = (_request, response) => response.writeHead(401, "no such token 'constat'").end();
    const node = pve.node({ token: TOKEN });
    expect((await pve.transport([node]).request(node, asked("GET", "/version"))).status).toBe(401);
    expect(entries()).toHaveLength(1);
  });

  test("tokenRefusal() knows what is free: reading a VM, its tasks, a migration", () => {
    const free = ["/version", "/nodes/pve1/qemu/100/migrate", "/nodes/pve1/tasks", "/cluster/config/join?node=pve1"];
    expect(free.slice(0, 3).map((path) => tokenRefusal("POST", path))).toEqual([undefined, undefined, undefined]);
    expect(tokenRefusal("GET", free[3] ?? "")).toBeUndefined();
  });
});
