import type { Duplex } from "node:stream";
import { createWebSocketStream, WebSocket } from "ws";
import { z } from "zod";
import { ProblemError } from "../../base/problem.ts";
import type { InventoryNode, PveAccess } from "../../model/inventory.ts";
import type { HttpDoor } from "../http-door.ts";
import { networkReason } from "../network-reason.ts";
import type { HttpTransport } from "../port.ts";
import type { PveTickets } from "../pve-ticket.ts";
import type { Secrets } from "../secrets.ts";

/** What opens a machine's VNC through the API of its node. */
export interface VncAccess {
  readonly http: Pick<HttpTransport, "request">;
  readonly door: Pick<HttpDoor, "socketTo">;
  readonly tickets: PveTickets;
  readonly secrets: Pick<Secrets, "remember">;
}

/** RFB on an open stream, and the password it asks for. */
export interface VncStream {
  readonly stream: Duplex;
  readonly password: string;
}

type PveNode = InventoryNode & { readonly pve: PveAccess };

const proxyAnswer = z.object({
  data: z.object({ port: z.coerce.number().int(), ticket: z.string(), password: z.string().optional() }),
});

/**
 * The stream of a virtual machine's VNC: `vncproxy` opens a port for ten seconds, `vncwebsocket` of the same node leads to it. Throws
 * ProblemError CONSOLE_REFUSED; PVE_…, TLS_…, HTTP_… as requests do.
 */
export async function openVncStream(
  access: VncAccess,
  node: PveNode,
  vmid: number,
  signal: AbortSignal,
): Promise<VncStream> {
  const base = `/nodes/${encodeURIComponent(node.hostname)}/qemu/${vmid}`;
  const answer = await access.http.request(node, {
    method: "POST",
    url: `${base}/vncproxy`,
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    // A password of its own: RFB uses eight characters only, and a ticket's first eight are the same for everybody.
    body: new URLSearchParams({ websocket: "1", "generate-password": "1" }).toString(),
    signal,
  });
  if (answer.status !== 200) {
    throw refused(node, vmid, `HTTP ${answer.status} ${answer.reason}`.trimEnd());
  }
  const { port, ticket, password } = readProxy(node, vmid, answer.body);
  const secret = password ?? ticket;
  access.secrets.remember(ticket, "vnc");
  access.secrets.remember(secret, "vnc");
  const query = new URLSearchParams({ port: String(port), vncticket: ticket });
  const session = await access.tickets.get(node, signal);
  const { host, port: apiPort } = node.pve.endpoint;
  const socket = await access.door.socketTo(node, signal);
  const webSocket = new WebSocket(`wss://${host}:${apiPort}/api2/json${base}/vncwebsocket?${query}`, ["binary"], {
    headers: { cookie: `PVEAuthCookie=${encodeURIComponent(session.ticket)}` },
    createConnection: () => socket,
    perMessageDeflate: false,
  });
  try {
    await opened(webSocket, signal);
  } catch (error) {
    webSocket.terminate();
    socket.destroy();
    if (signal.aborted) throw signal.reason;
    throw refused(node, vmid, error instanceof UpgradeRefused ? error.message : networkReason(error));
  }
  return { stream: createWebSocketStream(webSocket), password: secret };
}

class UpgradeRefused extends Error {}

function opened(webSocket: WebSocket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const aborted = () => reject(signal.reason);
    signal.addEventListener("abort", aborted, { once: true });
    webSocket.once("open", () => {
      signal.removeEventListener("abort", aborted);
      resolve();
    });
    // Stays: a socket that breaks later tells so through the stream.
    webSocket.on("error", reject);
    webSocket.once("unexpected-response", (_request, response) => {
      reject(new UpgradeRefused(`HTTP ${response.statusCode ?? 0} ${response.statusMessage ?? ""}`.trimEnd()));
    });
  });
}

function readProxy(node: PveNode, vmid: number, body: Buffer): z.output<typeof proxyAnswer>["data"] {
  try {
    return proxyAnswer.parse(JSON.parse(body.toString("utf8"))).data;
  } catch (error) {
    // The answer holds a ticket: it is not repeated.
    throw refused(node, vmid, "la réponse de vncproxy ne se lit pas", error instanceof SyntaxError ? undefined : error);
  }
}

function refused(node: PveNode, vmid: number, reason: string, cause?: unknown): ProblemError {
  return new ProblemError(
    "CONSOLE_REFUSED",
    `L’API de ${node.name} n’ouvre pas l’écran de la machine ${vmid} : ${reason}.`,
    {
      scope: "environment",
      hint: `Vérifiez que la machine est sur ce nœud et que ${node.pve.user} a le privilège VM.Console sur /vms/${vmid}.`,
      cause,
    },
  );
}
