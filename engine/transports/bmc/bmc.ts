import type { Clock } from "../../base/clock.ts";
import { ProblemError } from "../../base/problem.ts";
import type { BmcUrl } from "../../model/bmc-url.ts";
import type { InventoryNode } from "../../model/inventory.ts";
import type { WireRequest } from "../http-door.ts";
import type { HttpAnswer, HttpRequest } from "../port.ts";
import type { BmcDoor } from "./bmc-door.ts";
import type { BmcNode } from "./bmc-pins.ts";
import { type BmcSession, type BmcSessions, sessionsPath } from "./bmc-sessions.ts";
import { etagOf } from "./redfish-answer.ts";
import { followRedfishTask } from "./redfish-task.ts";

const BUSY_TRIES = 5;
const BUSY_PAUSE_MS = 3_000;
const LONGEST_PAUSE_MS = 30_000;

/** Sends one request to a node's management controller and follows the task it starts. */
export type BmcRequester = (node: InventoryNode, url: BmcUrl, request: HttpRequest) => Promise<HttpAnswer>;

/**
 * Requests with everything Redfish wants around them: a session (one new login after a 401), `If-Match` with a fresh ETag for changes, patience
 * with a controller that is busy, and the task of a 202 followed to its end. A login request and the service root go as they are.
 */
export function createBmcRequester(door: BmcDoor, sessions: BmcSessions, clock: Clock): BmcRequester {
  return async (owner, url, request) => {
    const node = withBmc(owner);
    const method = request.method.toUpperCase();
    const bare =
      isRoot(url.path) || (method === "POST" && same(url.path, await sessionsPath(door, node, request.signal)));
    const send = async (wire: WireRequest): Promise<HttpAnswer> => {
      if (bare) return await patiently(door, node, wire, clock);
      const session = await sessions.get(node, url.account, wire.signal);
      const first = await patiently(door, node, signed(wire, session), clock);
      if (first.status !== 401) return first;
      // A 401 did nothing, so even a change may be asked again; a second one is the answer.
      sessions.drop(node, url.account, session);
      return await patiently(door, node, signed(wire, await sessions.get(node, url.account, wire.signal)), clock);
    };
    const get = async (path: string) =>
      await send({ method: "GET", path, headers: { accept: "application/json" }, signal: request.signal });
    const wire = wireOf(method, url.path, request);
    const answer = changes(method) ? await sendIfMatching(wire, get, send) : await send(wire);
    const monitor = answer.headers["location"];
    if (answer.status !== 202) return answer;
    if (monitor === undefined) return { ...answer, task: lost() };
    const path = new URL(monitor, "https://bmc/").pathname;
    return { ...answer, task: await followRedfishTask(path, get, clock, request.signal) };
  };
}

function signed(wire: WireRequest, { token }: BmcSession): WireRequest {
  return { ...wire, headers: { ...wire.headers, "x-auth-token": token } };
}

/** The node with its controller. Throws ProblemError BMC_NO_ACCESS when the inventory gives none. */
export function withBmc(node: InventoryNode): BmcNode {
  const { bmc } = node;
  if (bmc !== undefined) return { ...node, bmc };
  throw new ProblemError("BMC_NO_ACCESS", `Le nœud ${node.name} n’a pas de contrôleur de gestion dans l’inventaire.`, {
    scope: "author",
    hint: "Ajoutez-lui un accès `bmc`, ou faites viser un autre nœud par ce bloc.",
  });
}

function wireOf(method: string, path: string, request: HttpRequest): WireRequest {
  const headers: Record<string, string> = { accept: "application/json" };
  for (const [name, value] of Object.entries(request.headers)) headers[name.toLowerCase()] = value;
  if (request.body !== undefined) headers["content-type"] ??= "application/json";
  return { method, path, headers, body: request.body, signal: request.signal };
}

/** With the ETag of a fresh look; a service that refuses its own weak ETag gets the strong form, then none. */
async function sendIfMatching(
  wire: WireRequest,
  get: (path: string) => Promise<HttpAnswer>,
  send: (wire: WireRequest) => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  if (wire.headers["if-match"] !== undefined) return await send(wire);
  const seen = await get(wire.path);
  const etag = seen.status === 200 ? etagOf(seen) : undefined;
  if (etag === undefined) return await send(wire);
  const forms = [...new Set([etag, etag.replace(/^W\//, "")])];
  for (const form of forms) {
    const answer = await send({ ...wire, headers: { ...wire.headers, "if-match": form } });
    if (answer.status !== 412) return answer;
  }
  return await send(wire);
}

/** 503 means busy: the same is asked again after the time that the service wants. */
async function patiently(door: BmcDoor, node: BmcNode, wire: WireRequest, clock: Clock): Promise<HttpAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await door.request(node, wire);
    if (answer.status !== 503 || attempt === BUSY_TRIES) return answer;
    const asked = Number(answer.headers["retry-after"]) * 1_000;
    await clock.sleep(Math.min(asked > 0 ? asked : BUSY_PAUSE_MS, LONGEST_PAUSE_MS), wire.signal);
  }
}

/** Some services write a slash at the end of their links, and take both. */
function same(one: string, other: string): boolean {
  return one.replace(/\/+$/, "") === other.replace(/\/+$/, "");
}

function isRoot(path: string): boolean {
  return /^\/redfish(?:\/v1)?\/?$/.test(path);
}

function changes(method: string): boolean {
  return method === "PATCH" || method === "PUT";
}

function lost(): NonNullable<HttpAnswer["task"]> {
  const state = "acceptée (202) sans dire où suivre la tâche";
  return { monitor: "", ok: false, state, messages: [] };
}
