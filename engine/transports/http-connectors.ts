import type { Socket } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import { ProblemError } from "../base/problem.ts";
import type { InventoryNode, PveAccess } from "../model/inventory.ts";
import type { Guard } from "./guard.ts";
import { assertInForce } from "./in-force.ts";
import { networkReason } from "./network-reason.ts";
import { openSocket } from "./open-socket.ts";
import { serverName } from "./tls-certificate.ts";

const HANDSHAKE_DEADLINE_MS = 20_000;

type PveNode = InventoryNode & { readonly pve: PveAccess };

/** How undici asks for a socket. */
export type Connector = (
  options: {
    readonly hostname: string;
    readonly protocol: string;
    readonly port: string;
    readonly servername?: string;
  },
  callback: (...outcome: [null, Socket | TLSSocket] | [Error, null]) => void,
) => void;

/** The node showed another certificate than its pin; nothing was sent. */
export class PinMismatch extends Error {
  override readonly name = "PinMismatch";
  readonly shown: string;

  constructor(shown: string) {
    super(`certificate ${shown}`);
    this.shown = shown;
  }
}

/** Sockets to any address, TLS verified by the usual authorities. */
export function plainConnector(guard: Guard, signal: AbortSignal): Connector {
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

/** Sockets to one node, given out only when the certificate it shows is the pinned one; else PinMismatch. */
export function pinnedConnector(guard: Guard, node: PveNode, pin: string, signal: AbortSignal): Connector {
  return (_options, callback) => settle(pinnedSocket(guard, node, pin, signal), callback);
}

/** A TLS socket to a node's API port that showed the pinned certificate. Throws PinMismatch; ProblemError TLS_…, HTTP_…. */
export async function pinnedSocket(guard: Guard, node: PveNode, pin: string, signal: AbortSignal): Promise<TLSSocket> {
  const where = node.pve.connect ?? node.pve.endpoint;
  const socket = await openSocket(guard, "HTTP", { use: "API", node: node.name }, where, signal);
  const secure = await handshake(socket, serverName(node.pve.endpoint.host), false, signal);
  try {
    const certificate = secure.getPeerX509Certificate();
    if (certificate?.fingerprint256 !== pin) throw new PinMismatch(certificate?.fingerprint256 ?? "aucun certificat");
    assertInForce(node, certificate.raw);
    return secure;
  } catch (error) {
    secure.destroy();
    throw error;
  }
}

function settle(opening: Promise<Socket | TLSSocket>, callback: Parameters<Connector>[1]): void {
  opening.then(
    (socket) => callback(null, socket),
    (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
  );
}

/** TLS over a connected socket. Throws ProblemError TLS_HANDSHAKE_FAILED. */
export async function handshake(
  socket: Socket,
  name: string,
  verify: boolean,
  signal: AbortSignal,
): Promise<TLSSocket> {
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
    throw new ProblemError("TLS_HANDSHAKE_FAILED", `L’échange TLS a échoué : ${networkReason(error)}.`, {
      scope: "environment",
      hint: "Vérifiez que le service parle bien HTTPS sur ce port et que son certificat est valable.",
      cause: error,
    });
  }
}
