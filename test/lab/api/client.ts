import { request } from "node:https";
import { type ApiServer, startApiServer } from "../../../lab/api/server.ts";
import { createClock } from "../../../lab/state/clock.ts";
import type { Dialect } from "../../../lab/state/dialect.ts";
import { openScenario } from "../../../lab/state/open-scenario.ts";
import { loadScenario } from "../../../lab/state/scenario.ts";
import { nodeOf, type World } from "../../../lab/state/world.ts";

export const PASSWORD = "a-password-of-the-test";

/** A world whose API is served for a test. */
export interface ServedWorld extends AsyncDisposable {
  readonly world: World;
  /** A client of one node; it verifies the certificate against the node's present authority. */
  client(node: string): Client;
}

export interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly headers: NodeJS.Dict<string[]>;
  readonly text: string;
  readonly fingerprint: string;
}

export interface RequestOptions {
  readonly flavour?: "json" | "extjs";
  readonly fields?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Body as is, in place of fields. */
  readonly body?: string;
}

export interface Client {
  /** Logs in and keeps the session for the calls that follow. */
  logIn(password?: string): Promise<void>;
  call(method: string, path: string, options?: RequestOptions): Promise<Answer>;
  /** The `data` of a call that must succeed. */
  data<T>(method: string, path: string, fields?: Readonly<Record<string, string>>): Promise<T>;
}

/** Serves a scenario, its clock running 50 times faster. */
export async function serveScenario(name: string, dialect: Dialect = "9", scale = 50): Promise<ServedWorld> {
  const world = await openScenario(await loadScenario(name), {
    dialect,
    clock: createClock(scale),
    rootPassword: PASSWORD,
  });
  const servers = new Map<string, ApiServer>();
  for (const node of world.nodes.keys()) servers.set(node, await startApiServer(world, node));
  return {
    world,
    client: (node) => createClient(world, node, servers.get(node)?.port ?? 0),
    async [Symbol.asyncDispose]() {
      world.stop();
      await Promise.all([...servers.values()].map((server) => server.close()));
    },
  };
}

function createClient(world: World, node: string, port: number): Client {
  let session: Readonly<Record<string, string>> = {};
  const call: Client["call"] = (method, path, options = {}) => {
    const { flavour = "json", fields, headers = {}, body = fields && new URLSearchParams(fields).toString() } = options;
    const ca = nodeOf(world, node).database.authority.pem;
    const form =
      body === undefined
        ? {}
        : { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: "127.0.0.1",
          port,
          method,
          path: `/api2/${flavour}${path}`,
          ca,
          agent: false,
          headers: { ...session, ...form, ...headers },
        },
        (response) => {
          const socket = response.socket as import("node:tls").TLSSocket;
          const fingerprint = socket.getPeerCertificate().fingerprint256;
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            const text = Buffer.concat(chunks).toString("utf8");
            const { statusCode = 0, statusMessage = "", headersDistinct } = response;
            resolve({ status: statusCode, reason: statusMessage, headers: headersDistinct, text, fingerprint });
          });
        },
      );
      sent.on("error", reject);
      sent.end(body);
    });
  };
  return {
    call,
    async logIn(password = PASSWORD) {
      session = {};
      const answer = await call("POST", "/access/ticket", { fields: { username: "root@pam", password } });
      if (answer.status !== 200) throw new Error(`${answer.status} ${answer.reason}`);
      const { ticket, CSRFPreventionToken } = JSON.parse(answer.text).data;
      session = { Cookie: `PVEAuthCookie=${encodeURIComponent(ticket)}`, CSRFPreventionToken };
    },
    async data(method, path, fields) {
      const answer = await call(method, path, fields === undefined ? {} : { fields });
      if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${answer.reason}`);
      return JSON.parse(answer.text).data;
    },
  };
}
