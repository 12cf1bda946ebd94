import type { Clock } from "../base/clock.ts";
import { isProblem, ProblemError } from "../base/problem.ts";
import { ANSWER_LOST } from "../model/answer-lost.ts";
import { parseBmcUrl } from "../model/bmc-url.ts";
import type { Inventory, InventoryNode, PveAccess } from "../model/inventory.ts";
import { askAgain } from "./ask-again.ts";
import type { Bmc } from "./bmc/open-bmc.ts";
import type { HttpDoor } from "./http-door.ts";
import { apiRequest, plainRequest } from "./http-wire.ts";
import type { HttpAnswer, HttpRequest, HttpTransport } from "./port.ts";
import { sessionFor, wantsTicket } from "./pve-session.ts";
import { followPveTask, runs } from "./pve-task.ts";
import type { PveTickets } from "./pve-ticket.ts";
import { withPve } from "./pve-tickets.ts";
import type { Secrets } from "./secrets.ts";
import type { TlsPinStore } from "./tls-pins.ts";

export interface HttpTransportOptions {
  readonly inventory: Pick<Inventory, "nodes">;
  readonly door: HttpDoor;
  readonly pins: Pick<TlsPinStore, "adopt">;
  readonly tickets: PveTickets;
  readonly secrets: Pick<Secrets, "value">;
  readonly bmc: Pick<Bmc, "request" | "renew" | "close">;
  readonly clock: Clock;
}

/** What stands before a service says so while the service itself restarts. */
const RESTARTING: ReadonlySet<number> = new Set([502, 503, 504]);

type PveNode = InventoryNode & { readonly pve: PveAccess };

/**
 * Requests to nodes' APIs (token or session, CSRF token, pinned certificate; one new login after a 401) and to other addresses. An absolute
 * address that is a node's API endpoint is reached as that node's, by its pin and `connect`. A change whose answer was lost is a problem of
 * its own, HTTP_ANSWER_LOST: it may be done.
 */
export function createHttpTransport(options: HttpTransportOptions): HttpTransport {
  const { inventory, door, pins, tickets, secrets, bmc, clock } = options;
  const once = async (node: PveNode, path: string, request: HttpRequest): Promise<HttpAnswer> => {
    const session = await sessionFor(node, { ...request, path }, tickets, secrets);
    const first = await sent(node, request, () => door.toNode(node, apiRequest(path, request, session)));
    // Neither a 401 nor a 403 did anything, so even a change may be asked again; a second one is the answer.
    const renew = first.status === 401 && session.by === "ticket";
    if (!renew && !wantsTicket(node, path, session, first)) return first;
    if (session.by === "ticket") tickets.drop(node, session.ticket);
    const ticket = await tickets.get(node, request.signal);
    return await sent(node, request, () => door.toNode(node, apiRequest(path, request, { by: "ticket", ticket })));
  };
  const api = async (node: PveNode, path: string, request: HttpRequest): Promise<HttpAnswer> => {
    const { patienceMs = 0, signal } = request;
    const safe = onlyReads(request);
    const passing = ({ status }: HttpAnswer) =>
      // During a join some of the node's processes still judge by the old key: a session that is new is refused by them alone.
      (status === 401 && node.pve.token === undefined) || (safe && RESTARTING.has(status));
    return await askAgain(() => once(node, path, request), { patienceMs, safe, passing, clock, signal });
  };

  /** Asks once more when the node's own disk has the certificate that it shows: the task has just renewed it. */
  const adopting = async (node: PveNode, get: () => Promise<HttpAnswer>, signal: AbortSignal) =>
    await get().catch(async (error: unknown) => {
      if (!isProblem(error) || error.code !== "TLS_PIN_MISMATCH" || !(await pins.adopt(node, signal))) throw error;
      tickets.drop(node);
      return await get();
    });

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
    followTask: async (node, upid, signal, { progress = () => {}, renews = false } = {}) => {
      const target = withPve(node);
      const doors = [
        target,
        ...inventory.nodes.filter((each) => hasPve(each) && runs(each, upid) && each.name !== node.name),
      ];
      return await followPveTask({
        ...{ node: target, upid, renews, clock, signal, progress },
        gets: doors.map((each) => {
          const asked = withPve(each);
          const get = async (path: string) =>
            await once(asked, path, { method: "GET", url: path, headers: { accept: "application/json" }, signal });
          return renews ? async (path: string) => await adopting(asked, () => get(path), signal) : get;
        }),
      });
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

/** One try; what was sent and not answered is lost when it may have changed something. */
async function sent(node: PveNode, request: HttpRequest, send: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  try {
    return await send();
  } catch (error) {
    if (!isProblem(error) || error.code !== "HTTP_NO_ANSWER" || onlyReads(request)) throw error;
    throw new ProblemError(
      ANSWER_LOST,
      `La liaison avec l’API de ${node.name} a été coupée après l’envoi de « ${request.method.toUpperCase()} ${request.url} » : cela est peut-être fait.`,
      {
        scope: "environment",
        hint: "La demande n’est pas répétée. Donnez à cette action un `verify`, qui dira si c’est fait ; ou relancez : sa garde (`unless`) le dira.",
        cause: error,
      },
    );
  }
}

function onlyReads({ method }: HttpRequest): boolean {
  return /^(?:GET|HEAD)$/i.test(method);
}

function hasPve(node: InventoryNode): boolean {
  return node.pve !== undefined;
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
