import type { Clock } from "../base/clock.ts";
import { ProblemError } from "../base/problem.ts";
import type { InventoryNode } from "../model/inventory.ts";
import { followTask } from "./follow-task.ts";
import type { HttpDoor, WireRequest } from "./http-door.ts";
import type { HttpAnswer, HttpRequest, HttpTransport } from "./port.ts";
import type { PveTickets } from "./pve-ticket.ts";
import { withPve } from "./pve-tickets.ts";

/** Requests to any address, and to nodes' APIs with session, CSRF token and pinned certificate brought along. */
export function createHttpTransport(door: HttpDoor, tickets: PveTickets, clock: Clock): HttpTransport {
  const askNode = async (node: InventoryNode, request: HttpRequest): Promise<HttpAnswer> => {
    const target = withPve(node);
    const send = async (): Promise<HttpAnswer> => {
      const ticket = await tickets.get(node, request.signal);
      return await door.toNode(target, apiRequest(request, ticket));
    };
    const answer = await send();
    if (answer.status !== 401) return answer;
    // A join replaces the key that signs tickets, and each worker learns it in its own time: a 401 says nothing about the request.
    tickets.drop(node);
    return await send();
  };

  const forget = async (node: InventoryNode): Promise<void> => {
    tickets.drop(node);
    await door.forget(node);
  };

  return {
    request: async (node, request) => {
      if (request.url.startsWith("/")) {
        if (node !== undefined) return await askNode(node, request);
        throw new ProblemError("HTTP_NO_NODE", `« ${request.url} » est un chemin, et ce bloc ne vise aucun nœud.`, {
          scope: "author",
          hint: "Donnez un nœud (on=pve1), ou une adresse entière (https://…).",
        });
      }
      const url = new URL(request.url);
      return await door.toOrigin(url.origin, { ...wire(request), path: `${url.pathname}${url.search}` });
    },
    followTask: (node, upid, signal) =>
      followTask({ node, upid, signal, clock, ask: (path) => askNode(node, get(path, signal)) }),
    forget,
    close: () => door.close(),
  };
}

function apiRequest(request: HttpRequest, ticket: { readonly ticket: string; readonly csrf: string }): WireRequest {
  const reads = request.method === "GET" || request.method === "HEAD";
  const path = request.url.startsWith("/api2/") ? request.url : `/api2/json${request.url}`;
  // pveproxy closes the connection on a DELETE with a form: its parameters belong to the query.
  const moved = request.method === "DELETE" && request.body !== undefined;
  return {
    ...wire(request),
    path: moved ? `${path}${path.includes("?") ? "&" : "?"}${request.body}` : path,
    body: moved ? undefined : request.body,
    headers: {
      accept: "application/json",
      ...(request.body === undefined || moved ? {} : { "content-type": "application/x-www-form-urlencoded" }),
      ...request.headers,
      cookie: `PVEAuthCookie=${encodeURIComponent(ticket.ticket)}`,
      ...(reads ? {} : { csrfpreventiontoken: ticket.csrf }),
    },
  };
}

function wire({ method, url, headers, body, signal }: HttpRequest): WireRequest {
  return { method, path: url, headers, body, signal };
}

function get(path: string, signal: AbortSignal): HttpRequest {
  return { method: "GET", url: path, headers: {}, signal };
}
