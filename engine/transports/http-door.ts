import type { Socket } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import { Agent, type Dispatcher, Pool } from "undici";
import { isProblem, ProblemError } from "../base/problem.ts";
import type { InventoryNode, PveAccess } from "../model/inventory.ts";
import type { Guard } from "./guard.ts";
import { codeOf, networkReason } from "./network-reason.ts";
import { openSocket } from "./open-socket.ts";
import type { HttpAnswer, TlsPins } from "./port.ts";
import { normalFingerprint, serverName } from "./tls-certificate.ts";

const HANDSHAKE_DEADLINE_MS = 20_000;

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
  /** To any origin (`https://host:port`). */
  toOrigin(origin: string, request: WireRequest): Promise<HttpAnswer>;
  /** Closes a node's connections; the next request asks for its pin again. */
  forget(node: InventoryNode): Promise<void>;
  close(): Promise<void>;
}

interface NodeDoor {
  readonly pin: string;
  readonly pool: Pool;
}

/** Opens the door. Every socket passes the guard; every node shows the certificate that `pins` expects. */
export function createHttpDoor(guard: Guard, pins: TlsPins): HttpDoor {
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
    const pool = new Pool(`https://${node.pve.endpoint.host}:${node.pve.endpoint.port}`, {
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: pinnedConnector(guard, node, pin, closing.signal),
    });
    const door = { pin, pool };
    nodes.set(node.name, door);
    return door;
  };

  return {
    toNode: async (node, request) => {
      const { pool } = await doorOf(node, request.signal);
      return await exchange(request, `l’API de ${node.name}`, (options) => pool.request(options));
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

async function exchange(
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
  const again = request.method === "GET" || request.method === "HEAD";
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await send(options);
      const body = Buffer.from(await answer.body.arrayBuffer());
      return { status: answer.statusCode, reason: answer.statusText, headers: flat(answer.headers), body };
    } catch (error) {
      if (request.signal.aborted) throw request.signal.reason;
      if (isProblem(error)) throw error;
      if (again && attempt === 1 && codeOf(error) === "UND_ERR_SOCKET") continue;
      throw new ProblemError("HTTP_NO_ANSWER", `Pas de réponse de ${whom} : ${networkReason(error)}.`, {
        scope: "environment",
        hint: "Vérifiez que le service fonctionne ; un redémarrage de pveproxy coupe les connexions en cours.",
        cause: error,
      });
    }
  }
}

function flat(headers: Dispatcher.ResponseData["headers"]): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : ([[name, value]] as const),
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]));
}

type Connector = (
  options: {
    readonly hostname: string;
    readonly protocol: string;
    readonly port: string;
    readonly servername?: string;
  },
  callback: (...outcome: [null, Socket | TLSSocket] | [Error, null]) => void,
) => void;

function plainConnector(guard: Guard, signal: AbortSignal): Connector {
  return (options, callback) => {
    const secure = options.protocol === "https:";
    const port = options.port === "" ? (secure ? 443 : 80) : Number(options.port);
    const open = async () => {
      const socket = await openSocket(guard, "HTTP", { use: "HTTP" }, { host: options.hostname, port }, signal);
      return secure
        ? await handshake(socket, options.servername ?? serverName(options.hostname), true, signal)
        : socket;
    };
    settle(open(), callback);
  };
}

function pinnedConnector(
  guard: Guard,
  node: InventoryNode & { readonly pve: PveAccess },
  pin: string,
  signal: AbortSignal,
): Connector {
  const open = async () => {
    const where = node.pve.connect ?? node.pve.endpoint;
    const socket = await openSocket(guard, "HTTP", { use: "API", node: node.name }, where, signal);
    const secure = await handshake(socket, serverName(node.pve.endpoint.host), false, signal);
    const shown = secure.getPeerX509Certificate()?.fingerprint256 ?? "aucun certificat";
    if (shown === pin) return secure;
    secure.destroy();
    throw new ProblemError(
      "TLS_PIN_MISMATCH",
      `${node.name} montre un autre certificat que celui attendu : attendu ${pin}, montré ${shown}. Rien ne lui a été envoyé.`,
      {
        scope: "environment",
        hint: "Si le certificat a été renouvelé, corrigez `fingerprint` dans l’inventaire (ou retirez-la : elle est alors lue par ssh) ; sinon, quelqu’un d’autre répond à cette adresse.",
      },
    );
  };
  return (_options, callback) => settle(open(), callback);
}

function settle(opening: Promise<Socket | TLSSocket>, callback: Parameters<Connector>[1]): void {
  opening.then(
    (socket) => callback(null, socket),
    (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
  );
}

async function handshake(socket: Socket, name: string, verify: boolean, signal: AbortSignal): Promise<TLSSocket> {
  const secure = connect({ socket, servername: name, rejectUnauthorized: verify });
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(HANDSHAKE_DEADLINE_MS)]);
  try {
    await new Promise<void>((resolve, reject) => {
      deadline.addEventListener("abort", () => reject(deadline.reason), { once: true });
      secure.once("error", reject);
      secure.once("secureConnect", () => {
        secure.removeListener("error", reject);
        resolve();
      });
    });
    return secure;
  } catch (error) {
    secure.destroy();
    socket.destroy();
    throw new ProblemError("TLS_HANDSHAKE_FAILED", `L’échange TLS a échoué : ${networkReason(error)}.`, {
      scope: "environment",
      hint: "Vérifiez que le service parle bien HTTPS sur ce port et que son certificat est valable.",
      cause: error,
    });
  }
}
