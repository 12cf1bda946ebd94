import { createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { asked, type FakePve, startFakePve } from "../../support/fake-pve.ts";
import { selfSigned } from "../../support/https-server.ts";
import { freePort } from "../../support/sshd.ts";

const PATIENCE = { patienceMs: 20_000 };

let pve: FakePve;
beforeEach(async () => {
  pve = await startFakePve();
});
afterEach(() => pve.close());

/** How many requests that were no login reached the API. */
const arrived = () => pve.server.seen.filter(({ url }) => !url.endsWith("/access/ticket")).length;

describe("a pveproxy that restarts under a request", () => {
  test.each([
    ["cuts the connection", (drop: () => void) => drop()],
    ["is answered for by a gateway", undefined],
  ])("what only reads is asked again when it %s", async (_case, trouble) => {
    let times = 0;
    pve.api = (_request, response, drop) => {
      times += 1;
      if (times > 3) response.end('{"data":1}');
      else if (trouble === undefined) response.writeHead(503, "Service Unavailable").end();
      else trouble(drop);
    };
    const answer = await pve.transport().request(pve.node(), asked("GET", "/version", PATIENCE));
    expect(answer.status).toBe(200);
  });

  test.each(["POST", "PUT", "DELETE"])(
    "%s whose answer was lost is not sent twice, and says that it may be done",
    async (method) => {
      pve.api = (_request, _response, drop) => drop();
      const http = pve.transport();
      await expect(http.request(pve.node(), asked(method, "/x", PATIENCE))).rejects.toMatchObject({
        code: "HTTP_ANSWER_LOST",
        message: expect.stringContaining(`« ${method} /x » : cela est peut-être fait`),
        hint: expect.stringContaining("verify"),
      });
      expect(arrived()).toBe(1);
    },
  );

  test("a change is sent once nothing refuses it any more: before that, it surely did not arrive", async () => {
    const port = await freePort();
    const node = pve.node({ connect: { host: "127.0.0.1", port } });
    const answering = pve.transport([node]).request(node, asked("POST", "/x", { ...PATIENCE, body: "a=1" }));
    // Nothing listens yet; then something does, that hands all it gets to the server.
    await new Promise((resolve) => setTimeout(resolve, 600));
    const { connect } = await import("node:net");
    const relay = createServer((socket) => {
      const onward = connect(pve.server.port, "127.0.0.1");
      socket.pipe(onward).pipe(socket);
      for (const end of [socket, onward]) end.on("error", () => undefined);
    });
    await new Promise<void>((resolve) => relay.listen(port, "127.0.0.1", resolve));
    try {
      expect((await answering).status).toBe(200);
      expect(arrived()).toBe(1);
    } finally {
      relay.close();
    }
  });

  test("a kept connection that was closed meanwhile does not lose a change", async () => {
    const http = pve.transport();
    await http.request(pve.node(), asked("GET", "/version"));
    pve.api = (_request, response) => response.writeHead(200, { connection: "close" }).end('{"data":null}');
    await http.request(pve.node(), asked("GET", "/version"));
    expect((await http.request(pve.node(), asked("POST", "/x"))).status).toBe(200);
  });

  test("patience ends, and says how often it was asked", async () => {
    const node = pve.node({ connect: { host: "127.0.0.1", port: await freePort() } });
    const refused = pve.transport([node]).request(node, asked("GET", "/version", { patienceMs: 1_000 }));
    await expect(refused).rejects.toMatchObject({
      code: "HTTP_UNREACHABLE",
      message: expect.stringMatching(/Demandé \d fois en 1 s/),
    });
  });

  test("without patience nothing is asked again: a measure wants the first answer", async () => {
    pve.api = (_request, response) => response.writeHead(503).end();
    expect((await pve.transport().request(pve.node(), asked("GET", "/version"))).status).toBe(503);
    expect(arrived()).toBe(1);
  });

  test("whoever is told to stop says what he was waiting for", async () => {
    const node = pve.node({ connect: { host: "127.0.0.1", port: await freePort() } });
    const signal = AbortSignal.timeout(600);
    const stopped = pve.transport([node]).request(node, asked("GET", "/version", { ...PATIENCE, signal }));
    await expect(stopped).rejects.toMatchObject({ code: "HTTP_UNREACHABLE" });
  });

  test("another certificate is no restart: it stops at once, with both fingerprints and the way to allow it", async () => {
    const { certificate } = await selfSigned("autre");
    const { certificateFingerprint } = await import("../../../engine/transports/tls-certificate.ts");
    const node = {
      ...pve.node({ fingerprint: certificateFingerprint(certificate) }),
      ssh: { user: "root", endpoint: { host: "127.0.0.1", port: 1 }, hostKeys: [] },
    };
    const refused = pve.transport([node]).request(node, asked("POST", "/x", PATIENCE));
    await expect(refused).rejects.toMatchObject({
      code: "TLS_PIN_MISMATCH",
      message: expect.stringMatching(/attendu (?:[0-9A-F]{2}:){31}.*montré (?:[0-9A-F]{2}:){31}/),
      hint: expect.stringContaining("renews: tls"),
    });
    expect(pve.server.seen).toEqual([]);
  });
});
