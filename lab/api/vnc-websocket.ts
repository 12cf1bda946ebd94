import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { createWebSocketStream, WebSocketServer } from "ws";
import { drawScreen } from "../console/draw/draw-screen.ts";
import { screenOf } from "../machine/screen-of.ts";
import { findGuest } from "../state/guest-place.ts";
import type { NodeState } from "../state/node.ts";
import type { VncPort } from "../state/vnc-ports.ts";
import type { World } from "../state/world.ts";
import { serveRfb } from "../vnc/rfb-server.ts";
import { authenticate } from "./authenticate.ts";
import { verifyVncTicket } from "./vnc-tickets.ts";

const PATH = /^\/api2\/json\/nodes\/([^/]+)\/qemu\/(\d+)\/vncwebsocket$/;
const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => "binary", perMessageDeflate: false });

/** Answers a request to become a websocket: VNC of a machine, on the port that `vncproxy` opened a moment ago. */
export function upgradeToVnc(
  world: World,
  node: NodeState,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  // Whoever left in the middle is not waited for.
  socket.on("error", () => socket.destroy());
  const found = judge(world, node, request);
  if (typeof found === "string") {
    socket.end(`HTTP/1.1 ${found}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    return;
  }
  sockets.handleUpgrade(request, socket, head, (webSocket) => {
    const stream = createWebSocketStream(webSocket);
    stream.on("error", () => stream.destroy());
    serve(world, node, found, stream)
      .catch(() => {})
      .finally(() => {
        found.released();
        stream.destroy();
        webSocket.terminate();
      });
  });
}

/** The port that was asked for, or the status line of a refusal. */
function judge(world: World, node: NodeState, request: IncomingMessage): VncPort | string {
  const url = new URL(request.url ?? "/", "https://localhost");
  const [, name, vmid = ""] = PATH.exec(url.pathname) ?? [];
  if (name === undefined) return "501 Not Implemented";
  const who = authenticate(world, node, "GET", request.headers);
  if ("refused" in who) return `401 ${who.refused}`;
  const ticket = url.searchParams.get("vncticket") ?? "";
  if (!verifyVncTicket(world, node, ticket, who.user, `/vms/${vmid}`))
    return "401 permission denied - invalid PVEVNC ticket";
  return (
    world.vncPorts.take(name === "localhost" ? node.name : name, Number(url.searchParams.get("port"))) ??
    "599 connection refused"
  );
}

/** A machine that is off has no VNC server: the connection just ends. */
async function serve(world: World, node: NodeState, { vmid, password }: VncPort, stream: Duplex): Promise<void> {
  const machine = () => findGuest(world, node, vmid)?.guest;
  const guest = machine();
  if (guest?.status !== "running") return;
  await serveRfb(stream, {
    name: `QEMU (${guest.config.get("name") ?? `vm${vmid}`})`,
    password,
    screen: () => drawScreen(screenOf(world, machine() ?? guest)),
    key: (stroke) => machine()?.program?.key(stroke),
  });
}
