import type { Clock } from "../base/clock.ts";
import { ProblemError } from "../base/problem.ts";
import { parseBmcUrl } from "../model/bmc-url.ts";
import type { Inventory, InventoryNode, PveAccess } from "../model/inventory.ts";
import type { Bmc } from "./bmc/open-bmc.ts";
import type { HttpDoor } from "./http-door.ts";
import { apiRequest, plainRequest } from "./http-wire.ts";
import type { HttpAnswer, HttpRequest, HttpTransport } from "./port.ts";
import { followPveTask } from "./pve-task.ts";
import type { PveTickets } from "./pve-ticket.ts";
import { withPve } from "./pve-tickets.ts";

export interface HttpTransportOptions {
  readonly inventory: Pick<Inventory, "nodes">;
  readonly door: HttpDoor;
  readonly tickets: PveTickets;
  readonly bmc: Pick<Bmc, "request" | "renew" | "close">;
  readonly clock: Clock;
}

type PveNode = InventoryNode & { readonly pve: PveAccess };

/**
 * Requests to nodes' APIs (session, CSRF token, pinned certificate; one new login after a 401) and to other addresses. An absolute
 * address that is a node's API endpoint is reached as that node's, by its pin and `connect`.
 */
export function createHttpTransport(options: HttpTransportOptions): HttpTransport {
  const { inventory, door, tickets, bmc, clock } = options;
  const api = async (node: PveNode, path: string, request: HttpRequest): Promise<HttpAnswer> => {
    const first = await door.toNode(node, apiRequest(path, request, await tickets.get(node, request.signal)));
    // A 401 did nothing, so even a change may be asked again; a second one is the answer.
    if (first.status !== 401) return first;
    tickets.drop(node);
    return await door.toNode(node, apiRequest(path, request, await tickets.get(node, request.signal)));
  };

  return {
    request: async (node, request) => {
      const managed = parseBmcUrl(request.url);
      if (managed !== undefined) return await bmc.request(targetOf(node, request), managed, request);
      if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(request.url)) return await api(apiNode(node, request), request.url, request);
      const url = absolute(request.url);
      if (node?.pve !== undefined && isEndpoint(node.pve, url)) {
        const target = withPve(node);
        if (url.pathname.startsWith("/api2/")) return await api(target, `${url.pathname}${url.search}`, request);
        return await door.toNode(target, plainRequest(url, request));
      }
      const owner = inventory.nodes.find(({ pve }) => pve !== undefined && isEndpoint(pve, url));
      if (owner !== undefined) return await door.toNode(withPve(owner), plainRequest(url, request));
      return await door.toOrigin(url.origin, plainRequest(url, request));
    },
    followTask: async (node, upid, signal) => {
      const target = withPve(node);
      const get = async (path: string) =>
        await api(target, path, { method: "GET", url: path, headers: { accept: "application/json" }, signal });
      return await followPveTask(get, () => tickets.drop(target), target, upid, clock, signal);
    },
    forget: async (node) => {
      tickets.drop(node);
      await door.forget(node);
    },
    renewController: async (node, signal) => await bmc.renew(node, signal),
    close: async () => {
      await bmc.close();
      await door.close();
    },
  };
}

function apiNode(node: InventoryNode | undefined, request: HttpRequest): PveNode {
  return withPve(targetOf(node, request));
}

function targetOf(node: InventoryNode | undefined, request: HttpRequest): InventoryNode {
  if (node !== undefined) return node;
  throw new ProblemError("HTTP_NO_NODE", `« ${request.url} » est un chemin d’API, mais le bloc ne vise aucun nœud.`, {
    scope: "author",
    hint: "Donnez au bloc un `on=`, ou écrivez une adresse complète (https://…).",
  });
}

function absolute(written: string): URL {
  const url = URL.parse(written);
  if (url !== null && /^https?:$/.test(url.protocol)) return url;
  throw new ProblemError("HTTP_URL_INVALID", `« ${written} » n’est pas une adresse http ou https.`, {
    scope: "author",
    hint: "Écrivez https://hôte:port/chemin, ou un chemin d’API (/cluster/status) sur un nœud.",
  });
}

function isEndpoint(pve: PveAccess, url: URL): boolean {
  const port = url.port === "" ? 443 : Number(url.port);
  return url.protocol === "https:" && url.hostname === pve.endpoint.host && port === pve.endpoint.port;
}
