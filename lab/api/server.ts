import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { Socket } from "node:net";
import type { NodeState } from "../state/node.ts";
import { nodeOf, type World } from "../state/world.ts";
import { answerPage } from "./answer-page.ts";
import { answerRequest } from "./answer-request.ts";
import { listenOnLoopback } from "./listen.ts";
import type { ServeUi } from "./ui-port.ts";
import { upgradeToVnc } from "./vnc-websocket.ts";

/** A node's pveproxy on loopback. */
export interface ApiServer {
  readonly port: number;
  /** Stops listening and ends every connection. */
  close(): Promise<void>;
}

/**
 * Starts a node's web server: API and interface over TLS with the node's own certificate. It follows the node's life: while the proxy is
 * down connections are refused, and when it comes back it is on the same port with the certificate of that moment.
 */
export async function startApiServer(world: World, nodeName: string, serveUi?: ServeUi): Promise<ApiServer> {
  const node = nodeOf(world, nodeName);
  const sockets = new Set<Socket>();
  const server = createServer(tlsOf(node), (request, response) => {
    answer(world, node, request, response, serveUi).catch(() => response.destroy());
  });
  server.on("connection", (socket) => {
    sockets.add(socket.setNoDelay(true));
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("upgrade", (request, socket, head) => upgradeToVnc(world, node, request, socket, head));
  // A client that does not trust the certificate hangs up in the middle of the handshake: its business.
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  const port = await listenOnLoopback(server);
  // Closing and opening take time; each waits for the one before.
  // A node that is off from the start does not listen.
  if (node.proxy === "down") await shut(server, sockets);
  let work: Promise<void> = Promise.resolve();
  const forget = world.events.on((event) => {
    if (event.type !== "proxy" || event.node !== nodeName) return;
    work = work.then(() => (event.state === "up" ? open(server, node, port) : shut(server, sockets)));
  });
  return {
    port,
    async close() {
      forget();
      await work;
      await shut(server, sockets);
    },
  };
}

async function answer(
  world: World,
  node: NodeState,
  request: IncomingMessage,
  response: ServerResponse,
  serveUi: ServeUi | undefined,
): Promise<void> {
  const [rawPath = "/", query = ""] = (request.url ?? "/").split(/\?(.*)/s);
  const [, flavour, path = ""] = /^\/api2\/(json|extjs)(\/.*)?$/.exec(rawPath) ?? [];
  if (flavour === "json" || flavour === "extjs") {
    await answerRequest(world, node, request, response, flavour, decodePath(path), query);
    return;
  }
  await answerPage(world, node, request, response, serveUi);
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path) || "/";
  } catch {
    return path;
  }
}

async function open(server: Server, node: NodeState, port: number): Promise<void> {
  server.setSecureContext(tlsOf(node));
  if (!server.listening) await listenOnLoopback(server, port);
}

async function shut(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  for (const socket of sockets) socket.destroy();
  await closed;
}

function tlsOf(node: NodeState) {
  return { key: node.certificate.key, cert: node.certificate.pem };
}
