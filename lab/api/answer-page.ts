import type { IncomingMessage, ServerResponse } from "node:http";
import type { NodeState } from "../state/node.ts";
import type { World } from "../state/world.ts";
import { ticketCookie } from "./authenticate.ts";
import { createSession, verifyTicket } from "./tickets.ts";
import type { ServeUi, UiSession } from "./ui-port.ts";

/** Answers a request for a page or a file of the web interface; 404 when there is none. */
export async function answerPage(
  world: World,
  node: NodeState,
  request: IncomingMessage,
  response: ServerResponse,
  serveUi: ServeUi | undefined,
): Promise<void> {
  const { url = "/", method = "GET", headers } = request;
  const context = {
    node: node.name,
    dialect: world.dialect,
    version: node.versions.version,
    language: node.database.options.get("language"),
    consent: node.database.options.get("consent-text"),
  };
  const page = await serveUi?.({ url, method, headers }, sessionOf(world, node, headers.cookie), context);
  response.setHeader("Server", "pve-api-daemon/3.0");
  if (!page) {
    response.writeHead(404, "Not Found", { Connection: "close" }).end();
    return;
  }
  response.writeHead(page.status, { ...page.headers, "Content-Length": Buffer.byteLength(page.body) }).end(page.body);
}

function sessionOf(world: World, node: NodeState, cookie: string | undefined): UiSession | undefined {
  const ticket = ticketCookie(cookie);
  const user = ticket === undefined ? undefined : verifyTicket(world, node, ticket);
  return user === undefined ? undefined : { user, csrf: createSession(world, node, user).csrf };
}
