import { subscribe } from "node:diagnostics_channel";
import { appendFileSync } from "node:fs";
import type { Socket } from "node:net";

// Imported before a program of Node's (`--import`): writes the address of every TCP connection that it attempts into $CONSTAT_SOCKET_LOG.

const file = process.env["CONSTAT_SOCKET_LOG"];

if (file !== undefined) {
  subscribe("net.client.socket", (message) => {
    const { socket } = message as { readonly socket: Socket };
    socket.on("connectionAttempt", (address: string, port: number) => appendFileSync(file, `${address} ${port}\n`));
  });
}
