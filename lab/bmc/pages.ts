import type { ServerResponse } from "node:http";
import type { PhysicalServer } from "../state/server.ts";
import { consolePage } from "./pages/console-page.ts";
import { loginPage } from "./pages/login-page.ts";
import { startingPage } from "./pages/starting-page.ts";
import { openSession } from "./redfish/sessions.ts";
import { screenPicture } from "./screen-picture.ts";

/** A request for a page of the controller. */
export interface PageRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: { readonly cookie?: string | undefined; readonly "if-none-match"?: string | undefined };
  readonly body: string;
}

/** The pages of a controller: login, virtual console, and what the console's page asks for. Without a session there is the login page only. */
export function answerPage(server: PhysicalServer, request: PageRequest, response: ServerResponse): void {
  const { method, path } = request;
  const loggedIn = server.bmc.sessions.has(cookie(request.headers.cookie, "sessionKey") ?? "");
  if (path === "/json/login_session" && method === "POST") {
    logIn(server, request.body, response);
    return;
  }
  if (server.bmc.pages === "starting") {
    html(response, startingPage());
    return;
  }
  if (path === "/" || path === "/index.html") {
    html(response, loginPage(server));
    return;
  }
  if (!loggedIn) {
    response.writeHead(302, { Location: "/", "Content-Length": 0 }).end();
    return;
  }
  if (path === "/irc.html") {
    html(response, consolePage(server));
    return;
  }
  if (path === "/console/screen.png" && method === "GET") {
    const { tag, png } = screenPicture(server);
    const head = { ETag: tag, "Cache-Control": "no-store" };
    if (request.headers["if-none-match"] === tag) response.writeHead(304, head).end();
    else response.writeHead(200, { ...head, "Content-Type": "image/png", "Content-Length": png.length }).end(png);
    return;
  }
  if (path === "/console/keys" && method === "POST") {
    for (const key of request.body.split("\n")) if (key !== "") server.program?.key(key);
    response.writeHead(204).end();
    return;
  }
  response.writeHead(404, { "Content-Length": 0 }).end();
}

function logIn(server: PhysicalServer, body: string, response: ServerResponse): void {
  let given: { user_login?: unknown; password?: unknown } = {};
  try {
    given = JSON.parse(body) as typeof given;
  } catch {
    // Not JSON: no credentials.
  }
  const token = openSession(server.bmc, String(given.user_login ?? ""), String(given.password ?? ""));
  if (token === undefined) {
    response.writeHead(403, { "Content-Type": "application/json" }).end('{"message":"JS_ERR_NO_PRIV"}');
    return;
  }
  response.writeHead(200, {
    "Content-Type": "application/json",
    "Set-Cookie": `sessionKey=${token}; Secure; HttpOnly; Path=/`,
  });
  response.end(JSON.stringify({ session_key: token }));
}

function html(response: ServerResponse, page: string): void {
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Content-Length": Buffer.byteLength(page) });
  response.end(page);
}

function cookie(header: string | undefined, name: string): string | undefined {
  return header
    ?.split(";")
    .map((part) => part.trim().split("="))
    .find(([key]) => key === name)?.[1];
}
