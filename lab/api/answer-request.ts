import type { IncomingMessage, ServerResponse } from "node:http";
import type { NodeState } from "../state/node.ts";
import { PveError } from "../state/pve-error.ts";
import type { World } from "../state/world.ts";
import { authenticate } from "./authenticate.ts";
import { type ApiAnswer, answerError, callApi } from "./call.ts";
import { type Flavour, wrapAnswer } from "./envelope.ts";
import { readParameters } from "./read-parameters.ts";
import type { Method } from "./route.ts";
import { findRoute } from "./router.ts";

const REFUSAL_DELAY_MS = 3000;

/** Answers one request below /api2: sessions, parameters, the route, faults, and the delay of refusals. */
export async function answerRequest(
  world: World,
  node: NodeState,
  request: IncomingMessage,
  response: ServerResponse,
  flavour: Flavour,
  path: string,
  query: string,
): Promise<void> {
  const method = (request.method === "HEAD" ? "GET" : request.method) as Method;
  if (method === "DELETE" && Number(request.headers["content-length"] ?? 0) > 0) {
    // Real nodes close the connection without a word; parameters of a DELETE belong into the query.
    response.destroy();
    return;
  }
  const answer = await answerTo(world, node, request, method, path, query);
  const slow = world.faults.slowApi.get(node.name) ?? 0;
  // The fault is in real milliseconds, the clock in the lab's.
  const delay = slow * world.clock.scale + (answer.status === 401 ? REFUSAL_DELAY_MS : 0);
  if (delay > 0) await world.clock.sleep(delay, world.signal);
  send(response, answer, flavour, new Date(world.clock.now()).toUTCString());
}

async function answerTo(
  world: World,
  node: NodeState,
  request: IncomingMessage,
  method: Method,
  path: string,
  query: string,
): Promise<ApiAnswer> {
  const isPublic = findRoute(method, path, world.dialect)?.route.open === true;
  const who = isPublic ? { user: "" } : authenticate(world, node, method, request.headers);
  if ("refused" in who) return { status: 401, reason: who.refused, data: null, empty: true };
  const planned = takeFailure(world, node, path);
  if (planned) return planned;
  try {
    const parameters = await readParameters(request, query);
    return await callApi(world, node.name, method, path, parameters, who.user);
  } catch (error) {
    return answerError(error);
  }
}

/** The failure that a scenario or test has planned for this path, once. */
function takeFailure(world: World, node: NodeState, path: string): ApiAnswer | undefined {
  const planned = world.faults.apiFailsOnce.get(node.name) ?? [];
  const index = planned.findIndex((failure) => path.startsWith(failure.path ?? ""));
  const failure = planned[index];
  if (!failure) return undefined;
  planned.splice(index, 1);
  if (failure.status === 595) return { status: 595, reason: failure.message, data: null, empty: true };
  return answerError(new PveError(failure.message, failure.status));
}

function send(response: ServerResponse, answer: ApiAnswer, flavour: Flavour, date: string): void {
  const { status, reason, body } = wrapAnswer(answer, flavour);
  response.setHeader("Connection", connectionHeaders(status, answer));
  response.setHeader("Cache-Control", "max-age=0");
  response.setHeader("Date", date);
  response.setHeader("Expires", date);
  response.setHeader("Pragma", "no-cache");
  response.setHeader("Server", "pve-api-daemon/3.0");
  if (body === undefined) {
    response.removeHeader("Content-Length");
    response.removeHeader("Transfer-Encoding");
    response.writeHead(status, reason).end();
    return;
  }
  response.setHeader("Content-Type", "application/json;charset=UTF-8");
  response.setHeader("Content-Length", Buffer.byteLength(body));
  response.writeHead(status, reason).end(body);
}

/** As real nodes send them: an answer that passed through a second daemon carries two. */
function connectionHeaders(status: number, { route, proxied }: ApiAnswer): string | string[] {
  if (status !== 200) return "close";
  if (proxied) return ["Keep-Alive", "Keep-Alive"];
  return route?.relayed ? ["close", "Keep-Alive"] : "Keep-Alive";
}
