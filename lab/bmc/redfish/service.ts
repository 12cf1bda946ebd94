import { createHash } from "node:crypto";
import type { PhysicalServer } from "../../state/server.ts";
import type { World } from "../../state/world.ts";
import { accountResources } from "./accounts.ts";
import { type Body, message, type RedfishAnswer, type RedfishCall, type Resource } from "./answer.ts";
import { managerResources } from "./manager.ts";
import { rootResources } from "./root.ts";
import { openSession, sessionResources } from "./sessions.ts";
import { smartStorageResources } from "./smart-storage.ts";
import { storageResources } from "./storage.ts";
import { systemResources } from "./system.ts";
import { answerMonitor, taskResources } from "./tasks.ts";
import { virtualMediaResources } from "./virtual-media.ts";

const RESOURCES: readonly Resource[] = [
  ...rootResources,
  ...sessionResources,
  ...accountResources,
  ...managerResources,
  ...virtualMediaResources,
  ...systemResources,
  ...storageResources,
  ...smartStorageResources,
  ...taskResources,
];

/** A request as it came in. */
export interface RedfishRequest {
  readonly method: string;
  readonly path: string;
  /** What stood behind the question mark. */
  readonly query?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Answers a request below /redfish: session, path, method, ETag, then the resource. */
export async function answerRedfish(
  world: World,
  server: PhysicalServer,
  request: RedfishRequest,
): Promise<RedfishAnswer> {
  const path = request.path.replace(/\/+$/, "");
  const method = request.method === "HEAD" ? "GET" : request.method;
  const found = findResource(server, path);
  const session = sessionOf(server, request);
  const isOpen = found?.resource.open?.includes(method) === true;
  if (!isOpen && session === undefined) return message(server, 401, "NoValidSession");
  const [, monitor] = /^\/redfish\/v1\/TaskService\/TaskMonitors\/([^/]+)$/.exec(path) ?? [];
  if (monitor !== undefined && method === "GET") return answerMonitor(server, monitor);
  if (found === undefined) return message(server, 404, "ResourceMissingAtURI", request.path);
  const body = readBody(request.body);
  if (body === undefined) return message(server, 400, "MalformedJSON");
  if (method === "POST" && request.body === "") return message(server, 415, "UnsupportedMediaType");
  const { resource, parts } = found;
  const call = { world, server, session, path, parts, body };
  switch (method) {
    case "GET":
      return read(resource, { ...call, method }, new URLSearchParams(request.query).has("$expand"));
    case "POST":
      return (await resource.post?.({ ...call, method })) ?? refused(server, resource);
    case "PATCH":
      return matching(resource, request, { ...call, method }, (each) => resource.patch?.(each));
    case "DELETE":
      return resource.delete?.({ ...call, method }) ?? refused(server, resource);
    default:
      return refused(server, resource);
  }
}

function read(resource: Resource, call: RedfishCall, expanding: boolean): RedfishAnswer {
  const plain = resource.get?.(call);
  const body = plain !== undefined && expanding ? expanded(plain, call) : plain;
  if (body === undefined)
    return resource.get ? message(call.server, 404, "ResourceMissingAtURI") : refused(call.server, resource);
  const etag = etagOf(body);
  return { status: 200, headers: { ETag: etag, Allow: allowed(resource) }, body: { ...body, "@odata.etag": etag } };
}

/** `$expand`: a collection with its members whole, one level deep. */
function expanded(body: Body, call: RedfishCall): Body {
  const members = body["Members"];
  if (!Array.isArray(members)) return body;
  const whole = members.map((link: Body) => {
    const path = String(link["@odata.id"]).replace(/\/+$/, "");
    const found = findResource(call.server, path);
    return found?.resource.get?.({ ...call, path, parts: found.parts }) ?? link;
  });
  return { ...body, Members: whole };
}

/** A change with an ETag that is not today's did not see what it changes. */
function matching(
  resource: Resource,
  request: RedfishRequest,
  call: RedfishCall,
  act: (call: RedfishCall) => RedfishAnswer | undefined,
): RedfishAnswer {
  const wanted = request.headers["if-match"];
  const now = resource.get?.({ ...call, method: "GET" });
  if (typeof wanted === "string" && now !== undefined && wanted !== "*") {
    const etag = etagOf(now);
    if (wanted !== etag && wanted !== etag.replace(/^W\//, "")) return message(call.server, 412, "PreconditionFailed");
  }
  return act(call) ?? refused(call.server, resource);
}

function etagOf(body: Body): string {
  return `W/"${createHash("sha256").update(JSON.stringify(body)).digest("hex").slice(0, 8).toUpperCase()}"`;
}

function refused(server: PhysicalServer, resource: Resource): RedfishAnswer {
  const answer = message(server, 405, "ActionNotSupported");
  return { ...answer, headers: { Allow: allowed(resource) } };
}

function allowed(resource: Resource): string {
  const methods = [
    resource.get && ["GET", "HEAD"],
    resource.post && ["POST"],
    resource.patch && ["PATCH"],
    resource.delete && ["DELETE"],
  ];
  return methods.flatMap((each) => each ?? []).join(", ");
}

function readBody(text: string): Body | undefined {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Body) : undefined;
  } catch {
    return undefined;
  }
}

/** By token, or by name and password for this one request. */
function sessionOf({ bmc }: PhysicalServer, { headers }: RedfishRequest) {
  const token = headers["x-auth-token"];
  if (typeof token === "string") return bmc.sessions.get(token);
  const [, basic] = /^Basic (.+)$/.exec(String(headers["authorization"] ?? "")) ?? [];
  if (basic === undefined) return undefined;
  const [user = "", ...rest] = Buffer.from(basic, "base64").toString("utf8").split(":");
  const opened = openSession(bmc, user, rest.join(":"));
  const session = opened === undefined ? undefined : bmc.sessions.get(opened);
  if (opened !== undefined) bmc.sessions.delete(opened);
  return session;
}

function findResource(server: PhysicalServer, path: string) {
  const segments = path.split("/");
  for (const resource of RESOURCES) {
    if (resource.dialect !== undefined && resource.dialect !== server.bmc.dialect) continue;
    const parts = match(resource.path.split("/"), segments);
    if (parts !== undefined) return { resource, parts };
  }
  return undefined;
}

function match(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const parts: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? "";
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name !== undefined) parts[name] = decodeURIComponent(segment);
    else if (part !== segment) return undefined;
  }
  return parts;
}
