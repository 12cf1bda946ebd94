import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { serveUi } from "../../../../lab/ui/server.ts";
import { answerApi } from "../../../lab/ui/fixture-api.ts";
import type { FixtureState } from "../../../lab/ui/fixture-data.ts";
import type { Certificate } from "./self-signed.ts";

export interface Faults {
  /** Paths of the API (`/cluster/config/nodes`) that answer 595 so many times. */
  readonly failing: Map<string, number>;
  /** Paths of the API that answer so many milliseconds late. */
  readonly late: Map<string, number>;
  /** Paths of the API that the account may not read: they answer 403. */
  readonly denied: Set<string>;
  /** Answers that are changed for the driver's own questions (it asks with `Accept: application/json`), by path. */
  readonly told: Map<string, (data: unknown) => unknown>;
  /** Scripts that the page runs beside its own, one at each load, first come first served. */
  readonly scripts: string[];
  /** The text to be agreed to before a login. */
  consent: string | undefined;
  /** What the API calls its version. */
  version: string | undefined;
  /** Sessions that are open now are over: their pages come without one and the API answers them 401. */
  expire(): void;
}

export interface SecureFixture {
  readonly port: number;
  readonly state: FixtureState;
  readonly faults: Faults;
  /** The ticket that a login gives now. */
  ticket(): string;
  /** Another certificate from the next handshake on. */
  renew(certificate: Certificate): void;
  close(): Promise<void>;
}

/** The lab's pages behind TLS, as a node shows them, in front of answers made by hand. */
export async function startSecureFixture(certificate: Certificate, state: FixtureState): Promise<SecureFixture> {
  let generation = 1;
  const faults: Faults = {
    failing: new Map(),
    late: new Map(),
    denied: new Set(),
    told: new Map(),
    scripts: [],
    version: undefined,
    consent: undefined,
    expire: () => {
      generation += 1;
    },
  };
  const server = createServer({ key: certificate.key, cert: certificate.cert }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = request.url ?? "/";
    const method = request.method ?? "GET";
    const known = `${request.headers.cookie ?? ""};`.includes(`PVEAuthCookie=PVE%3Aroot%40pam%3ATICKET-${generation};`);
    const session = known ? { user: "root@pam", csrf: "token" } : undefined;
    const version = state.dialect === "9" ? "9.2.11" : "8.4.21";
    const context = {
      node: "pve1",
      dialect: state.dialect,
      version,
      language: state.language,
      consent: faults.consent,
    };
    const ui = await serveUi({ url, method, headers: request.headers }, session, context);
    const path = new URL(url, "https://fixture.invalid").pathname.replace(/^\/api2\/(?:json|extjs)/, "");
    if (ui === undefined) await setTimeout(faults.late.get(path) ?? 0);
    if (ui === undefined && faults.denied.has(path)) {
      const reason = "Permission check failed (/, Sys.Audit)";
      const wrapped = url.startsWith("/api2/extjs");
      const body = wrapped ? { success: 0, status: 403, message: reason, data: null } : { data: null, message: reason };
      response.writeHead(wrapped ? 200 : 403, wrapped ? "OK" : reason).end(JSON.stringify(body));
      return;
    }
    const left = faults.failing.get(path) ?? 0;
    if (ui === undefined && left > 0) {
      faults.failing.set(path, left - 1);
      response.writeHead(595, "Connection refused").end();
      return;
    }
    const body = Buffer.concat(chunks).toString();
    // The page renews its ticket with the old one as password: an ended session cannot.
    const stale = path === "/access/ticket" && /TICKET/.test(body) && !body.includes(`TICKET-${generation}`);
    const refused = { status: 401, headers: {}, body: "" };
    if (path === "/version" && faults.version !== undefined) {
      response.writeHead(200).end(JSON.stringify({ data: { version: faults.version } }));
      return;
    }
    const script = path === "/" && ui !== undefined ? faults.scripts.shift() : undefined;
    if (script !== undefined) {
      const page = (ui?.body.toString() ?? "").replace("</head>", `<script>${script}</script></head>`);
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
      return;
    }
    const answer = ui ?? (stale ? refused : await answerApi(state, method, url, body, known));
    const own = request.headers.accept === "application/json";
    const text = ui === undefined ? changed(answer.body.toString(), own ? faults.told.get(path) : undefined) : "";
    const renewed = path === "/access/ticket" ? text.replace(":TICKET", `:TICKET-${generation}`) : (ui?.body ?? text);
    response.writeHead(answer.status, answer.headers).end(renewed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    state,
    faults,
    ticket: () => `PVE:root@pam:TICKET-${generation}`,
    renew: ({ key, cert }) => {
      server.setSecureContext({ key, cert });
      server.closeAllConnections();
    },
    close: () => closed(server),
  };
}

function changed(text: string, change: ((data: unknown) => unknown) | undefined): string {
  if (change === undefined) return text;
  const { data, ...rest } = JSON.parse(text) as { data: unknown };
  return JSON.stringify({ ...rest, data: change(data) });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
