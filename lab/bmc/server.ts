import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { Socket } from "node:net";
import { listenOnLoopback } from "../api/listen.ts";
import type { PhysicalServer } from "../state/server.ts";
import type { World } from "../state/world.ts";
import { answerPage } from "./pages.ts";
import { answerRedfish } from "./redfish/service.ts";

/** A management controller on loopback. */
export interface BmcServer {
  readonly port: number;
  close(): Promise<void>;
}

const MOST_BYTES = 1_000_000;

/** Starts a controller's web server: Redfish and pages over TLS. While the controller restarts, connections are refused. */
export async function startBmcServer(world: World, server: PhysicalServer): Promise<BmcServer> {
  const sockets = new Set<Socket>();
  const listener = createServer(tlsOf(server), (request, response) => {
    answer(world, server, request, response).catch(() => response.destroy());
  });
  listener.on("connection", (socket) => {
    sockets.add(socket.setNoDelay(true));
    socket.once("close", () => sockets.delete(socket));
  });
  listener.on("tlsClientError", (_error, socket) => socket.destroy());
  const port = await listenOnLoopback(listener);
  let work: Promise<void> = Promise.resolve();
  const forget = world.events.on((event) => {
    if (event.type !== "controller" || event.node !== server.node) return;
    work = work.then(() => (event.state === "up" ? open(listener, server, port) : shut(listener, sockets)));
  });
  return {
    port,
    async close() {
      forget();
      await work;
      await shut(listener, sockets);
    },
  };
}

async function answer(
  world: World,
  server: PhysicalServer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = "/", query = ""] = (request.url ?? "/").split("?");
  const body = await bodyOf(request);
  if (!path.startsWith("/redfish")) {
    answerPage(server, { method: request.method ?? "GET", path, headers: request.headers, body }, response);
    return;
  }
  const { method = "GET", headers } = request;
  const {
    status,
    headers: own = {},
    body: resource,
  } = await answerRedfish(world, server, { method, path, query, headers, body });
  const text = resource === undefined ? "" : JSON.stringify(resource);
  response.writeHead(status, {
    ...(text === "" ? {} : { "Content-Type": "application/json; charset=utf-8" }),
    "Content-Length": Buffer.byteLength(text),
    "Cache-Control": "no-cache",
    "OData-Version": "4.0",
    ...own,
  });
  response.end(request.method === "HEAD" ? "" : text);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error("the request is too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

async function open(listener: Server, server: PhysicalServer, port: number): Promise<void> {
  listener.setSecureContext(tlsOf(server));
  if (!listener.listening) await listenOnLoopback(listener, port);
}

async function shut(listener: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  if (!listener.listening) return;
  const closed = new Promise<void>((resolve) => {
    listener.close(() => resolve());
  });
  for (const socket of sockets) socket.destroy();
  await closed;
}

function tlsOf({ bmc }: PhysicalServer) {
  return { key: bmc.certificate.key, cert: bmc.certificate.pem };
}
