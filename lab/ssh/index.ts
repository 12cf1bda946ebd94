import { createServer, type Socket } from "node:net";
import { nodeOf, type World } from "../state/world.ts";
import { authenticate } from "./authenticate.ts";
import { endProcesses } from "./process-table.ts";
import { serveSessions } from "./session.ts";
import { Server } from "./ssh2.ts";

/** A node's ssh server. */
export interface SshServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts the ssh server of one node on loopback, on a free port unless one is given; it follows the node's power and faults by itself. */
export async function startSshServer(
  world: World,
  nodeName: string,
  options: { readonly port?: number } = {},
): Promise<SshServer> {
  const node = nodeOf(world, nodeName);
  const sockets = new Set<Socket>();
  const protocol = new Server({ hostKeys: [node.sshHostKey.privateKey], ident: "OpenSSH_9.2p1" }, (connection) => {
    const over = new AbortController();
    authenticate(node, connection);
    connection.on("ready", () => serveSessions(world, node, connection, over.signal));
    connection.on("close", () => over.abort(new Error("the connection was closed")));
    // Clients that go away in the middle of a handshake are everyday life for a server.
    connection.on("error", () => {});
  });
  const listener = createServer((socket) => {
    if (node.power !== "on" || world.faults.sshRefused.has(node.name)) {
      socket.resetAndDestroy();
      return;
    }
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // Small packets must not wait for each other: an exec costs 4 ms with this on both sides, 270 ms without.
    socket.setNoDelay(true);
    protocol.injectSocket(socket);
  });
  const endAll = (how: "reset" | "close") => {
    endProcesses(node);
    for (const socket of sockets) {
      if (how === "reset") socket.resetAndDestroy();
      else socket.destroy();
    }
  };
  const stopListening = world.events.on((event) => {
    if (event.type === "power" && event.power === "off" && event.node === node.name) endAll("reset");
    if (event.type === "cable" && event.node === node.name) for (const socket of sockets) socket.resetAndDestroy();
  });
  const port = await listen(listener, options.port ?? 0);
  return {
    port,
    async close() {
      stopListening();
      endAll("close");
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

function listen(listener: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    listener.once("error", reject);
    listener.listen(port, "127.0.0.1", () => {
      const address = listener.address();
      if (address && typeof address === "object") resolve(address.port);
      else reject(new Error("the ssh server has no port"));
    });
  });
}
