import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { ProblemError } from "../base/problem.ts";
import type { Endpoint, Inventory } from "../model/inventory.ts";

/** What a socket is wanted for, so that a refusal can name it. */
export interface SocketPurpose {
  /** `ssh`, `API`, `HTTP`, `navigateur`. */
  readonly use: string;
  readonly node?: string | undefined;
  /** Who says that it goes there, when it is not the inventory: `~/.ssh/config ligne 4`. */
  readonly according?: string | undefined;
}

/** Asked before each socket. Gives the endpoint to connect to; throws ProblemError GUARD_REFUSED when it must not be opened. */
export interface Guard {
  check(purpose: SocketPurpose, endpoint: Endpoint): Promise<Endpoint>;
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** The guard of an inventory: with `guard: loopback` only sockets to this very machine pass, else all do. */
export function createGuard(inventory: Pick<Inventory, "guard" | "file">): Guard {
  return {
    check: async (purpose, endpoint) => {
      if (inventory.guard === "none") return endpoint;
      const address = await loopbackAddress(endpoint.host);
      if (address === undefined) throw refused(inventory.file, purpose, endpoint);
      return { host: address, port: endpoint.port };
    },
  };
}

/** True for an address of 127.0.0.0/8 or ::1. */
export function isLoopbackAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 6 ? "ipv6" : "ipv4");
}

async function loopbackAddress(written: string): Promise<string | undefined> {
  const host = written.replace(/^\[(.*)\]$/, "$1");
  if (isIP(host) !== 0) return isLoopbackAddress(host) ? host : undefined;
  // No other name is even looked up: asking a name server would already be a packet that leaves this machine.
  if (host.toLowerCase() !== "localhost") return undefined;
  const found = await lookup(host, { all: true });
  return found.every(({ address }) => isLoopbackAddress(address)) ? found[0]?.address : undefined;
}

function refused(file: string, purpose: SocketPurpose, endpoint: Endpoint): ProblemError {
  const whose = purpose.node === undefined ? purpose.use : `${purpose.use}, nœud ${purpose.node}`;
  return new ProblemError(
    "GUARD_REFUSED",
    `Connexion refusée vers ${endpoint.host}:${endpoint.port} (${whose}${purpose.according === undefined ? "" : `, selon ${purpose.according}`}) : l’inventaire ${file} porte « guard: loopback », aucune connexion ne sort de cette machine.`,
    {
      scope: "environment",
      hint: "Donnez à ce nœud une adresse `connect` de cette machine (127.0.0.1:port), ou retirez `guard: loopback` si l’inventaire décrit de vraies machines.",
    },
  );
}
