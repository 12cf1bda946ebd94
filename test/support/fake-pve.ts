import type { ServerResponse } from "node:http";
import { type Clock, systemClock } from "../../engine/base/clock.ts";
import type { InventoryNode } from "../../engine/model/inventory.ts";
import { openBmc } from "../../engine/transports/bmc/open-bmc.ts";
import { createGuard } from "../../engine/transports/guard.ts";
import { createHttpTransport } from "../../engine/transports/http.ts";
import { createHttpDoor } from "../../engine/transports/http-door.ts";
import type { HttpRequest, HttpTransport } from "../../engine/transports/port.ts";
import { createPveTickets } from "../../engine/transports/pve-tickets.ts";
import { createSecrets } from "../../engine/transports/secrets.ts";
import { certificateFingerprint } from "../../engine/transports/tls-certificate.ts";
import { createTlsPins } from "../../engine/transports/tls-pins.ts";
import { type HttpsServer, type SeenRequest, startHttpsServer } from "./https-server.ts";
import { testInventory } from "./transports.ts";

const PASSWORD = "p&ss=w%rd é";

/** An HTTPS server that logs in like pveproxy; `api` answers everything else. */
export interface FakePve {
  api: (request: SeenRequest, response: ServerResponse, drop: () => void) => void;
  logins: number;
  /** No password opens a session, as while a node that joins has no key to sign tickets with. */
  refusing: boolean;
  readonly server: HttpsServer;
  /** A node that reaches it under the report's nominal address. */
  node(more?: Partial<NonNullable<InventoryNode["pve"]>>): InventoryNode;
  /** A transport as compose makes it; closed with the server. */
  transport(nodes?: readonly InventoryNode[], password?: string, clock?: Clock): HttpTransport;
  close(): Promise<void>;
}

/** Starts it. Close it in an `afterEach`. */
export async function startFakePve(): Promise<FakePve> {
  const opened: HttpTransport[] = [];
  const server = await startHttpsServer((request, response, socket) => {
    if (request.url === "/api2/json/access/ticket") logIn(pve, request, response);
    else pve.api(request, response, () => socket.destroy());
  });
  const pve: FakePve = {
    api: (_request, response) => response.end('{"data":null}'),
    logins: 0,
    refusing: false,
    server,
    node: (more = {}) => ({
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
    }),
    transport: (nodes = [pve.node()], password = PASSWORD, clock = systemClock) => {
      const http = compose(nodes, password, server.certificate, clock);
      opened.push(http);
      return http;
    },
    close: async () => {
      for (const http of opened) await http.close();
      await server.close();
    },
  };
  return pve;
}

/** A request without headers that is given up after twenty seconds. */
export function asked(method: string, url: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { method, url, headers: {}, signal: AbortSignal.timeout(20_000), ...more };
}

/** Each login is counted in its ticket, so that a test sees which one a request carries. */
function logIn(pve: FakePve, request: SeenRequest, response: ServerResponse): void {
  if (pve.refusing || new URLSearchParams(request.body).get("password") !== PASSWORD) {
    response.writeHead(401, "authentication failure").end('{"data":null}');
    return;
  }
  pve.logins += 1;
  const ticket = `PVE:root@pam:${pve.logins}::a+b/c=`;
  const cap = { dc: { "Sys.Audit": 1 } };
  response.end(
    JSON.stringify({ data: { ticket, CSRFPreventionToken: `CSRF:${pve.logins}`, username: "root@pam", cap } }),
  );
}

function compose(nodes: readonly InventoryNode[], password: string, certificate: string, clock: Clock): HttpTransport {
  const inventory = testInventory(nodes, {
    root_password: { from: "env", name: "PW" },
    jeton: { from: "env", name: "TOKEN" },
  });
  const secrets = createSecrets(inventory, { env: { PW: password, TOKEN: "s3cr-3t" }, home: "/nonexistent" });
  const readFile = async () => Buffer.from(certificate);
  const pins = createTlsPins({ shell: { readFile }, clock });
  const door = createHttpDoor(createGuard(inventory), pins);
  const tickets = createPveTickets(door, secrets, clock);
  const bmc = openBmc(createGuard(inventory), secrets, clock);
  return createHttpTransport({ inventory, door, pins, tickets, secrets, bmc, clock });
}
