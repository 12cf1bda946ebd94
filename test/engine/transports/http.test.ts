import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { certificateFingerprint } from "../../../engine/transports/tls-certificate.ts";
import { asked, type FakePve, startFakePve } from "../../support/fake-pve.ts";
import { freePort } from "../../support/sshd.ts";

let pve: FakePve;
beforeEach(async () => {
  pve = await startFakePve();
});
afterEach(() => pve.close());

describe("request() to a node", () => {
  test("brings the prefix, the session and the nominal Host along", async () => {
    pve.api = (_request, response) => response.end('{"data":[]}');
    const answer = await pve
      .transport()
      .request(pve.node(), asked("GET", "/cluster/status?x=1", { headers: { Accept: "application/json" } }));
    expect(answer).toMatchObject({ status: 200, reason: "OK", body: Buffer.from('{"data":[]}') });
    const last = pve.server.seen.at(-1);
    expect(last).toMatchObject({ method: "GET", url: "/api2/json/cluster/status?x=1" });
    expect(last?.headers).toMatchObject({
      host: "10.202.4.31:8006",
      accept: "application/json",
      cookie: "PVEAuthCookie=PVE%3Aroot%40pam%3A1%3A%3Aa%2Bb%2Fc%3D",
    });
    expect(last?.headers["csrfpreventiontoken"]).toBeUndefined();
  });

  test("keeps `/api2/…` as it was written", async () => {
    await pve.transport().request(pve.node(), asked("GET", "/api2/extjs/version"));
    expect(pve.server.seen.at(-1)?.url).toBe("/api2/extjs/version");
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
    const answer = await pve.transport().request(pve.node(), asked("GET", "/nosuch"));
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
    await pve.transport().request(pve.node(), asked(method, path, { body }));
    expect(pve.server.seen.at(-1)).toMatchObject({ method, url, body: sent });
    expect(pve.server.seen.at(-1)?.headers["csrfpreventiontoken"]).toBe("CSRF:1");
  });

  test("logs in again after a 401 and asks once more", async () => {
    const http = pve.transport();
    await http.request(pve.node(), asked("GET", "/version"));
    pve.api = (request, response) => {
      const stale = request.headers.cookie?.includes("%3A1%3A") === true;
      response.writeHead(stale ? 401 : 200, stale ? "No ticket" : "OK").end();
    };
    expect((await http.request(pve.node(), asked("POST", "/x", { body: "a=1" }))).status).toBe(200);
    expect(pve.logins).toBe(2);
    expect(pve.server.seen.at(-1)).toMatchObject({ body: "a=1" });
  });

  test("gives a second 401 as the answer", async () => {
    pve.api = (_request, response) => response.writeHead(401, "Permission denied - invalid csrf token").end();
    const answer = await pve.transport().request(pve.node(), asked("GET", "/x"));
    expect(answer).toMatchObject({ status: 401, reason: "Permission denied - invalid csrf token" });
    expect(pve.logins).toBe(2);
  });

  test("a wrong password is named as such", async () => {
    await expect(pve.transport([pve.node()], "wrong").request(pve.node(), asked("GET", "/x"))).rejects.toMatchObject({
      code: "PVE_AUTH_FAILED",
      message: expect.not.stringContaining("wrong"),
    });
  });

  test("sends nothing to a node that shows another certificate, and tells both fingerprints", async () => {
    const pin = Array.from({ length: 32 }, () => "AB").join(":");
    const shown = certificateFingerprint(pve.server.certificate);
    const refused = pve.transport().request(pve.node({ fingerprint: pin }), asked("GET", "/x"));
    await expect(refused).rejects.toMatchObject({ code: "TLS_PIN_MISMATCH" });
    await expect(refused).rejects.toThrow(pin);
    await expect(refused).rejects.toThrow(shown);
    expect(pve.server.seen).toEqual([]);
  });

  test("says so when ssh confirms the certificate that the inventory's pin refuses", async () => {
    const ssh = { user: "root", endpoint: { host: "127.0.0.1", port: 1 }, hostKeys: [] };
    const refused = pve.transport().request({ ...pve.node({ fingerprint: "AB" }), ssh }, asked("GET", "/x"));
    await expect(refused).rejects.toMatchObject({
      code: "TLS_PIN_MISMATCH",
      hint: expect.stringContaining("Lu par ssh"),
    });
  });

  test.each([
    ["closes without an answer", () => pve.node(), "HTTP_ANSWER_LOST"],
    [
      "is not there",
      async () => pve.node({ connect: { host: "127.0.0.1", port: await freePort() } }),
      "HTTP_UNREACHABLE",
    ],
    ["would be reached outside this machine", () => pve.node({ connect: undefined }), "GUARD_REFUSED"],
  ])("a node that %s is a problem of its own", async (_case, make, code) => {
    pve.api = (_request, _response, drop) => drop();
    await expect(pve.transport().request(await make(), asked("POST", "/x"))).rejects.toMatchObject({ code });
  });

  test("rejects with the signal's reason when it is aborted", async () => {
    const stop = new AbortController();
    pve.api = () => stop.abort(new Error("enough"));
    await expect(pve.transport().request(pve.node(), asked("GET", "/x", { signal: stop.signal }))).rejects.toThrow(
      "enough",
    );
  });
});

describe("request() to any address", () => {
  test("reaches a node's own endpoint by its pin and `connect`, without a session", async () => {
    const answer = await pve.transport().request(undefined, asked("GET", "https://10.202.4.31:8006/pve2/"));
    expect(answer.status).toBe(200);
    expect(pve.server.seen).toMatchObject([{ url: "/pve2/" }]);
    expect(pve.server.seen[0]?.headers.cookie).toBeUndefined();
  });

  test("speaks plain http", async () => {
    const plain = createServer((request, response) => response.writeHead(204, "Rien").end(request.url));
    await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
    try {
      const address = plain.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      const answer = await pve.transport().request(undefined, asked("GET", `http://localhost:${port}/a?b=c`));
      expect(answer).toMatchObject({ status: 204, reason: "Rien" });
    } finally {
      await new Promise((resolve) => plain.close(resolve));
    }
  });

  test("refuses a certificate that no authority vouches for", async () => {
    await expect(
      pve.transport([]).request(undefined, asked("GET", `https://127.0.0.1:${pve.server.port}/`)),
    ).rejects.toMatchObject({ code: "TLS_HANDSHAKE_FAILED" });
    expect(pve.server.seen).toEqual([]);
  });

  test.each([
    ["http://10.202.4.32/", "GUARD_REFUSED"],
    ["https://example.org/", "GUARD_REFUSED"],
    ["ftp://127.0.0.1/", "HTTP_URL_INVALID"],
    ["/cluster/status", "HTTP_NO_NODE"],
  ])("refuses %s", async (url, code) => {
    await expect(pve.transport().request(undefined, asked("GET", url))).rejects.toMatchObject({ code });
  });
});
