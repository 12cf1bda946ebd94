import type { TLSSocket } from "node:tls";
import { Agent, Client, type Dispatcher, Pool } from "undici";
import { isProblem, ProblemError } from "../base/problem.ts";
import type { InventoryNode, PveAccess } from "../model/inventory.ts";
import type { Guard } from "./guard.ts";
import { PinMismatch, pinnedConnector, pinnedSocket, plainConnector } from "./http-connectors.ts";
import { codeOf, networkReason } from "./network-reason.ts";
import type { HttpAnswer } from "./port.ts";
import { normalFingerprint } from "./tls-certificate.ts";
import type { TlsPinStore } from "./tls-pins.ts";

/** One request as it goes on the wire; `path` holds the query too. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
}

/** Connections for requests: to nodes (certificate pinned) and to any other address (usual authorities). */
export interface HttpDoor {
  /** To a node's API. Throws ProblemError TLS_PIN_MISMATCH before a byte is sent to a stranger, HTTP_… when nothing answered. */
  toNode(node: InventoryNode & { readonly pve: PveAccess }, request: WireRequest): Promise<HttpAnswer>;
  /** A socket of one's own to a node's API, for what is no request (a console). Throws as `toNode` does; the caller closes it. */
  socketTo(node: InventoryNode & { readonly pve: PveAccess }, signal: AbortSignal): Promise<TLSSocket>;
  /** To any origin (`https://host:port`). */
  toOrigin(origin: string, request: WireRequest): Promise<HttpAnswer>;
  /** Closes a node's connections; the next request asks for its pin again. */
  forget(node: InventoryNode): Promise<void>;
  close(): Promise<void>;
}

interface NodeDoor {
  readonly pin: string;
  readonly pool: Pool;
  /** A connection for one request. */
  readonly alone: () => Client;
}

/** Opens the door. Every socket passes the guard; every node shows the certificate that `pins` expects. */
export function createHttpDoor(guard: Guard, pins: TlsPinStore): HttpDoor {
  const nodes = new Map<string, NodeDoor>();
  const closing = new AbortController();
  const anywhere = new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: plainConnector(guard, closing.signal) });

  const forget = async (node: InventoryNode) => {
    const door = nodes.get(node.name);
    nodes.delete(node.name);
    await door?.pool.destroy();
  };
  const doorOf = async (node: InventoryNode & { readonly pve: PveAccess }, signal: AbortSignal) => {
    const pin = normalFingerprint(await pins.expected(node, signal));
    const kept = nodes.get(node.name);
    if (kept?.pin === pin) return kept;
    await forget(node);
    const origin = `https://${node.pve.endpoint.host}:${node.pve.endpoint.port}`;
    const connect = pinnedConnector(guard, node, pin, closing.signal);
    const settings = { headersTimeout: 0, bodyTimeout: 0, connect };
    const door = { pin, pool: new Pool(origin, settings), alone: () => new Client(origin, settings) };
    nodes.set(node.name, door);
    return door;
  };

  const explained = async (error: unknown, node: InventoryNode, pin: string, signal: AbortSignal): Promise<unknown> => {
    if (!(error instanceof PinMismatch)) return error;
    return mismatch(node, pin, error.shown, await pins.ownFile(node, signal).catch(() => undefined));
  };

  return {
    toNode: async (node, request) => {
      const { pin, pool, alone } = await doorOf(node, request.signal);
      const whom = `l’API de ${node.name}`;
      try {
        if (onlyReads(request)) return await exchange(request, whom, (options) => pool.request(options));
        // A kept connection may be closed already: what changes something has its own, so that « not connected » means « not sent ».
        const client = alone();
        try {
          return await exchange(request, whom, (options) => client.request(options));
        } finally {
          await client.destroy();
        }
      } catch (error) {
        throw await explained(error, node, pin, request.signal);
      }
    },
    socketTo: async (node, signal) => {
      const pin = normalFingerprint(await pins.expected(node, signal));
      try {
        return await pinnedSocket(guard, node, pin, signal);
      } catch (error) {
        throw await explained(error, node, pin, signal);
      }
    },
    toOrigin: async (origin, request) =>
      await exchange(request, origin, (options) => anywhere.request({ ...options, origin })),
    forget,
    close: async () => {
      closing.abort(new Error("closed"));
      await Promise.all([anywhere.destroy(), ...[...nodes.values()].map(({ pool }) => pool.destroy())]);
      nodes.clear();
    },
  };
}

/** One request and its whole answer; what only reads is asked again once when a kept connection had just closed. */
export async function exchange(
  request: WireRequest,
  whom: string,
  send: (options: Dispatcher.RequestOptions) => Promise<Dispatcher.ResponseData>,
): Promise<HttpAnswer> {
  const options: Dispatcher.RequestOptions = {
    method: request.method as Dispatcher.HttpMethod,
    path: request.path,
    headers: { ...request.headers },
    body: request.body ?? null,
    signal: request.signal,
  };
  // A kept connection may have been closed by the server in the same instant; asking again is safe for what only reads.
  const again = onlyReads(request);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await send(options);
      const body = Buffer.from(await answer.body.arrayBuffer());
      return { status: answer.statusCode, reason: answer.statusText, headers: flat(answer.headers), body };
    } catch (error) {
      if (request.signal.aborted) throw request.signal.reason;
      if (isProblem(error) || error instanceof PinMismatch) throw error;
      if (again && attempt === 1 && codeOf(error) === "UND_ERR_SOCKET") continue;
      throw new ProblemError("HTTP_NO_ANSWER", `Pas de réponse de ${whom} : ${networkReason(error)}.`, {
        scope: "environment",
        hint: "Vérifiez que le service fonctionne ; un redémarrage de pveproxy coupe les connexions en cours.",
        cause: error,
      });
    }
  }
}

function onlyReads({ method }: WireRequest): boolean {
  return method === "GET" || method === "HEAD";
}

function flat(headers: Dispatcher.ResponseData["headers"]): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : ([[name, value]] as const),
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]));
}

function mismatch(node: InventoryNode, pin: string, shown: string, own: string | undefined): ProblemError {
  const hint =
    own === shown
      ? "Lu par ssh, le certificat du nœud est bien celui qu’il montre : il a été renouvelé. Corrigez `fingerprint` dans l’inventaire, ou retirez-la ; si une étape du runbook le renouvelle, donnez-lui `renews: tls`."
      : "Si le certificat a été renouvelé, corrigez `fingerprint` dans l’inventaire (ou retirez-la : elle est alors lue par ssh) ; sinon, quelqu’un d’autre répond à cette adresse.";
  return new ProblemError(
    "TLS_PIN_MISMATCH",
    `${node.name} montre un autre certificat que celui attendu : attendu ${pin}, montré ${shown}. Rien ne lui a été envoyé.`,
    { scope: "environment", hint },
  );
}
