import type { ServerResponse } from "node:http";
import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../../engine/base/clock.ts";
import type { InventoryNode } from "../../../engine/model/inventory.ts";
import { createGuard } from "../../../engine/transports/guard.ts";
import { createHttpTransport } from "../../../engine/transports/http.ts";
import { createHttpDoor } from "../../../engine/transports/http-door.ts";
import type { HttpRequest, HttpTransport } from "../../../engine/transports/port.ts";
import { createPveTickets } from "../../../engine/transports/pve-tickets.ts";
import { createSecrets } from "../../../engine/transports/secrets.ts";
import { certificateFingerprint } from "../../../engine/transports/tls-certificate.ts";
import { createTlsPins } from "../../../engine/transports/tls-pins.ts";
import { type HttpsServer, type SeenRequest, startHttpsServer } from "../../support/https-server.ts";
import { freePort } from "../../support/sshd.ts";
import { testInventory } from "../../support/transports.ts";

const PASSWORD = "p&ss=w%rd é";
const UPID = "UPID:pve1:000A1B2C:00D4E5F6:6741F00D:clusterjoin::root@pam:";

/** Answers like pveproxy: logins are counted in the ticket, everything else by `api`. */
class FakePve {
  logins = 0;
  api: (request: SeenRequest, response: ServerResponse, drop: () => void) => void = (_request, response) => {
    response.end('{"data":null}');
  };

  answer(request: SeenRequest, response: ServerResponse, drop: () => void): void {
    if (request.url !== "/api2/json/access/ticket") {
      this.api(request, response, drop);
      return;
    }
    if (new URLSearchParams(request.body).get("password") !== PASSWORD) {
      response.writeHead(401, "authentication failure").end('{"data":null}');
      return;
    }
    this.logins += 1;
    const data = {
      ticket: `PVE:root@pam:${this.logins}::a+b/c=`,
      CSRFPreventionToken: `CSRF:${this.logins}`,
      username: "root@pam",
      cap: { dc: { "Sys.Audit": 1 } },
    };
    response.end(JSON.stringify({ data }));
  }
}

let pve: FakePve;
let server: HttpsServer;
let opened: HttpTransport[];

beforeEach(async () => {
  pve = new FakePve();
  opened = [];
  server = await startHttpsServer((request, response, socket) => pve.answer(request, response, () => socket.destroy()));
});
afterEach(async () => {
  for (const http of opened) await http.close();
  await server.close();
});

function node(more: Partial<NonNullable<InventoryNode["pve"]>> = {}): InventoryNode {
  return {
    name: "pve1",
    hostname: "pve1",
    address: "10.202.4.31",
    vars: {},
    pve: {
      user: "root@pam",
      password: "root_password",
      endpoint: { host: "10.202.4.31", port: 8006 },
      connect: { host: "127.0.0.1", port: server.port },
      fingerprint: certificateFingerprint(server.certificate),
      ...more,
    },
  };
}

function transport(nodes: readonly InventoryNode[] = [node()], password = PASSWORD): HttpTransport {
  const inventory = testInventory(nodes, { root_password: { from: "env", name: "PW" } });
  const secrets = createSecrets(inventory, { env: { PW: password }, home: "/nonexistent" });
  const guard = createGuard(inventory);
  const pins = createTlsPins({ shell: { readFile: async () => Buffer.from(server.certificate) }, clock: systemClock });
  const door = createHttpDoor(guard, pins);
  const http = createHttpTransport({
    inventory,
    door,
    tickets: createPveTickets(door, secrets, systemClock),
    clock: systemClock,
  });
  opened.push(http);
  return http;
}

function asked(method: string, url: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { method, url, headers: {}, signal: AbortSignal.timeout(20_000), ...more };
}

describe("request() to a node", () => {
  test("brings the prefix, the session and the nominal Host along", async () => {
    pve.api = (_request, response) => response.end('{"data":[]}');
    const answer = await transport().request(
      node(),
      asked("GET", "/cluster/status?x=1", { headers: { Accept: "application/json" } }),
    );
    expect(answer).toMatchObject({ status: 200, reason: "OK", body: Buffer.from('{"data":[]}') });
    const last = server.seen.at(-1);
    expect(last).toMatchObject({ method: "GET", url: "/api2/json/cluster/status?x=1" });
    expect(last?.headers).toMatchObject({
      host: "10.202.4.31:8006",
      accept: "application/json",
      cookie: "PVEAuthCookie=PVE%3Aroot%40pam%3A1%3A%3Aa%2Bb%2Fc%3D",
    });
    expect(last?.headers["csrfpreventiontoken"]).toBeUndefined();
  });

  test("keeps `/api2/…` as it was written", async () => {
    await transport().request(node(), asked("GET", "/api2/extjs/version"));
    expect(server.seen.at(-1)?.url).toBe("/api2/extjs/version");
  });

  test.each([
    [595, "Connection refused", ""],
    [500, "unable to create VM 200 - VM 200 already exists on node 'pve3'", '{"data":null}'],
    [400, "Parameter verification failed.", '{"errors":{"vmid":"x"}}'],
    [501, "Method 'GET /nosuch' not implemented", ""],
  ])("gives an answer %i with its reason phrase", async (status, reason, body) => {
    pve.api = (_request, response) => {
      response.writeHead(status, reason, { connection: "close" });
      response.end(body);
    };
    const answer = await transport().request(node(), asked("GET", "/nosuch"));
    expect(answer).toMatchObject({ status, reason, body: Buffer.from(body) });
  });

  test.each([
    [
      "POST",
      "/nodes/pve1/qemu",
      "vmid=200&net0=virtio,bridge=vmbr0",
      "/api2/json/nodes/pve1/qemu",
      "vmid=200&net0=virtio%2Cbridge%3Dvmbr0",
    ],
    ["PUT", "/x", "a=b c\n&d=%2C", "/api2/json/x", "a=b%20c&d=%2C"],
    ["POST", "/x", '{"a":"b=c"}', "/api2/json/x", '{"a":"b=c"}'],
    ["DELETE", "/x", "purge=1&force=a b", "/api2/json/x?purge=1&force=a%20b", ""],
    ["DELETE", "/x?y=1", '{"purge":1}', "/api2/json/x?y=1&purge=1", ""],
    ["POST", "/x", undefined, "/api2/json/x", ""],
  ])("sends %s %s with its parameters where Proxmox reads them", async (method, path, body, url, sent) => {
    await transport().request(node(), asked(method, path, { body }));
    expect(server.seen.at(-1)).toMatchObject({ method, url, body: sent });
    expect(server.seen.at(-1)?.headers["csrfpreventiontoken"]).toBe("CSRF:1");
  });

  test("logs in again after a 401 and asks once more", async () => {
    const http = transport();
    await http.request(node(), asked("GET", "/version"));
    pve.api = (request, response) => {
      const stale = request.headers.cookie?.includes("%3A1%3A") === true;
      response.writeHead(stale ? 401 : 200, stale ? "No ticket" : "OK").end();
    };
    expect((await http.request(node(), asked("POST", "/x", { body: "a=1" }))).status).toBe(200);
    expect(pve.logins).toBe(2);
    expect(server.seen.at(-1)).toMatchObject({ body: "a=1" });
  });

  test("gives a second 401 as the answer", async () => {
    pve.api = (_request, response) => response.writeHead(401, "Permission denied - invalid csrf token").end();
    const answer = await transport().request(node(), asked("GET", "/x"));
    expect(answer).toMatchObject({ status: 401, reason: "Permission denied - invalid csrf token" });
    expect(pve.logins).toBe(2);
  });

  test("a wrong password is named as such", async () => {
    await expect(transport([node()], "wrong").request(node(), asked("GET", "/x"))).rejects.toMatchObject({
      code: "PVE_AUTH_FAILED",
      message: expect.not.stringContaining("wrong"),
    });
  });

  test("sends nothing to a node that shows another certificate, and tells both fingerprints", async () => {
    const pin = Array.from({ length: 32 }, () => "AB").join(":");
    const shown = certificateFingerprint(server.certificate);
    const refused = transport().request(node({ fingerprint: pin }), asked("GET", "/x"));
    await expect(refused).rejects.toMatchObject({ code: "TLS_PIN_MISMATCH" });
    await expect(refused).rejects.toThrow(pin);
    await expect(refused).rejects.toThrow(shown);
    expect(server.seen).toEqual([]);
  });

  test("says so when ssh confirms the certificate that the inventory's pin refuses", async () => {
    const ssh = { user: "root", endpoint: { host: "127.0.0.1", port: 1 }, hostKeys: [] };
    const refused = transport().request({ ...node({ fingerprint: "AB" }), ssh }, asked("GET", "/x"));
    await expect(refused).rejects.toMatchObject({
      code: "TLS_PIN_MISMATCH",
      hint: expect.stringContaining("Lu par ssh"),
    });
  });

  test.each([
    ["closes without an answer", () => node(), "HTTP_NO_ANSWER"],
    ["is not there", async () => node({ connect: { host: "127.0.0.1", port: await freePort() } }), "HTTP_UNREACHABLE"],
    ["would be reached outside this machine", () => node({ connect: undefined }), "GUARD_REFUSED"],
  ])("a node that %s is a problem of its own", async (_case, make, code) => {
    pve.api = (_request, _response, drop) => drop();
    await expect(transport().request(await make(), asked("POST", "/x"))).rejects.toMatchObject({ code });
  });

  test("rejects with the signal's reason when it is aborted", async () => {
    const stop = new AbortController();
    pve.api = () => stop.abort(new Error("enough"));
    await expect(transport().request(node(), asked("GET", "/x", { signal: stop.signal }))).rejects.toThrow("enough");
  });
});

describe("request() to any address", () => {
  test("reaches a node's own endpoint by its pin and `connect`, without a session", async () => {
    const answer = await transport().request(undefined, asked("GET", "https://10.202.4.31:8006/pve2/"));
    expect(answer.status).toBe(200);
    expect(server.seen).toMatchObject([{ url: "/pve2/" }]);
    expect(server.seen[0]?.headers.cookie).toBeUndefined();
  });

  test("speaks plain http", async () => {
    const plain = createServer((request, response) => response.writeHead(204, "Rien").end(request.url));
    await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
    try {
      const address = plain.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      const answer = await transport().request(undefined, asked("GET", `http://localhost:${port}/a?b=c`));
      expect(answer).toMatchObject({ status: 204, reason: "Rien" });
    } finally {
      await new Promise((resolve) => plain.close(resolve));
    }
  });

  test("refuses a certificate that no authority vouches for", async () => {
    await expect(
      transport([]).request(undefined, asked("GET", `https://127.0.0.1:${server.port}/`)),
    ).rejects.toMatchObject({ code: "TLS_HANDSHAKE_FAILED" });
    expect(server.seen).toEqual([]);
  });

  test.each([
    ["http://10.202.4.32/", "GUARD_REFUSED"],
    ["https://example.org/", "GUARD_REFUSED"],
    ["ftp://127.0.0.1/", "HTTP_URL_INVALID"],
    ["/cluster/status", "HTTP_NO_NODE"],
  ])("refuses %s", async (url, code) => {
    await expect(transport().request(undefined, asked("GET", url))).rejects.toMatchObject({ code });
  });
});

describe("followTask()", () => {
  test("asks until the task stopped, through 401s and lost connections, and reads its whole log", async () => {
    const lines = Array.from({ length: 501 }, (_, index) => `line ${index + 1}`);
    const script = ["running", "401", "drop", "running", "stopped"];
    pve.api = (request, response, drop) => {
      const url = new URL(request.url, "https://x");
      if (url.pathname.endsWith("/log")) {
        const start = Number(url.searchParams.get("start"));
        const data = lines
          .slice(start, start + Number(url.searchParams.get("limit")))
          .map((t, index) => ({ n: start + index + 1, t }));
        response.end(JSON.stringify({ total: lines.length, data }));
        return;
      }
      expect(decodeURIComponent(url.pathname)).toBe(`/api2/json/nodes/pve1/tasks/${UPID}/status`);
      const next = script.shift();
      if (next === "401") response.writeHead(401, "No ticket").end();
      else if (next === "drop") drop();
      else
        response.end(
          JSON.stringify({ data: next === "stopped" ? { status: next, exitstatus: "OK" } : { status: next } }),
        );
    };
    const end = await transport().followTask(node(), UPID, AbortSignal.timeout(20_000));
    expect(end).toEqual({ upid: UPID, exitStatus: "OK", log: lines });
    expect(script).toEqual([]);
  });

  test.each([[""], ["UPID:pve1:zz"], ["../../access"]])("refuses «%s», which is no task", async (upid) => {
    await expect(transport().followTask(node(), upid, AbortSignal.timeout(5_000))).rejects.toMatchObject({
      code: "PVE_TASK_UNKNOWN",
    });
    expect(server.seen).toEqual([]);
  });

  test("tells that the node does not know the task", async () => {
    pve.api = (_request, response) =>
      response.writeHead(400, "Parameter verification failed.").end('{"errors":{"upid":"no such task"}}');
    await expect(transport().followTask(node(), UPID, AbortSignal.timeout(5_000))).rejects.toMatchObject({
      code: "PVE_TASK_UNKNOWN",
    });
  });

  test("gives up with the signal", async () => {
    pve.api = (_request, response) => response.end('{"data":{"status":"running"}}');
    const stop = AbortSignal.timeout(700);
    await expect(transport().followTask(node(), UPID, stop)).rejects.toSatisfy(() => stop.aborted);
  });
});
