import { homedir } from "node:os";
import { type Clock, systemClock } from "../base/clock.ts";
import { createRedactor, type Redactor } from "../base/redact.ts";
import type { Ports } from "../kinds/index.ts";
import type { Inventory } from "../model/inventory.ts";
import { createBrowserTransport, findBrowser } from "../transports/browser/index.ts";
import { createGuard } from "../transports/guard.ts";
import { createHttpDoor } from "../transports/http-door.ts";
import { createHttpTransport } from "../transports/http-transport.ts";
import type { TlsPins } from "../transports/port.ts";
import { createPveTickets } from "../transports/pve-tickets.ts";
import { createSecrets } from "../transports/secrets.ts";
import { createShellTransport } from "../transports/shell.ts";
import { createTlsPins } from "../transports/tls-pins.ts";

/** Everything that reaches outside, joined for one inventory. */
export interface Transports {
  readonly ports: Ports;
  readonly pins: TlsPins;
  readonly clock: Clock;
  readonly redactor: Redactor;
  secret(name: string, signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

/** The only place where ports meet implementations. Opens no socket yet. */
export function composeTransports(inventory: Inventory): Transports {
  const clock = systemClock;
  const host = { env: process.env, home: homedir() };
  const guard = createGuard(inventory);
  const secrets = createSecrets(inventory, host);
  const redactor = createRedactor(() => secrets.known());
  const shell = createShellTransport({ guard, secrets, clock, host });
  const pins = createTlsPins(shell, clock);
  const door = createHttpDoor(guard, pins);
  const tickets = createPveTickets(door, secrets, clock);
  const http = createHttpTransport(door, tickets, clock);
  const browser = createBrowserTransport({ inventory, pins, tickets, guard, clock, findBrowser: browserPath });
  return {
    ports: { shell, http, browser, clock },
    pins,
    clock,
    redactor,
    secret: (name, signal) => secrets.value(name, signal),
    close: async () => {
      await browser.close();
      await http.close();
      await shell.close();
    },
  };
}

/** Path of the browser that takes pictures and prints. Throws BROWSER_MISSING. */
export function browserPath(): Promise<string> {
  return findBrowser({ chosen: process.env["CONSTAT_BROWSER"], path: process.env["PATH"] });
}
