import { randomInt } from "node:crypto";
import { once } from "node:events";
import type { Server } from "node:net";

/** Below the range that the kernel hands to outgoing connections, so that a closed port is still free a moment later. */
const LOWEST = 20_000;
const HIGHEST = 31_999;
const ATTEMPTS = 50;
const LOOPBACK = "127.0.0.1";

/** Listens on loopback, on a port of one's own choice or a random free one, and gives it back. */
export async function listenOnLoopback(server: Server, port?: number): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const candidate = port ?? randomInt(LOWEST, HIGHEST + 1);
    try {
      server.listen(candidate, LOOPBACK);
      await once(server, "listening");
      return candidate;
    } catch (error) {
      if (!isInUse(error) || attempt >= ATTEMPTS) throw error;
      // A port of one's own is given back by the kernel within moments.
      if (port !== undefined) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function isInUse(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}
