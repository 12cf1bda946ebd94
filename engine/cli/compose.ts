import { homedir, hostname, userInfo } from "node:os";
import { type Clock, systemClock } from "../base/clock.ts";
import { Redactor } from "../base/redact.ts";
import type { Ports } from "../kinds/index.ts";
import type { Inventory } from "../model/inventory.ts";
import { createBrowserTransport, findBrowser } from "../transports/browser/index.ts";
import { createConsoleTransport } from "../transports/console/index.ts";
import { openTransports } from "../transports/open-transports.ts";
import { createOperatorTransport } from "../transports/operator.ts";
import type { OperatorTransport, TlsPins } from "../transports/port.ts";
import { openConversation } from "./conversation.ts";
import type { Terminal } from "./terminal.ts";

/** Everything that reaches outside, joined for one inventory. */
export interface Composition {
  readonly ports: Ports;
  readonly pins: TlsPins;
  readonly clock: Clock;
  readonly redactor: Redactor;
  secret(name: string, signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

/**
 * The only place where ports meet implementations. Opens no socket yet. `warn` hears of a secret that is too short to be masked.
 */
export function compose(inventory: Inventory, operator: OperatorTransport, warn: (text: string) => void): Composition {
  const clock = systemClock;
  const redactor = new Redactor();
  const learned = (value: string, name: string): void => {
    if (redactor.add(value, name) === "too-short")
      warn(`Le secret « ${name} » est trop court pour être masqué dans les sorties.`);
  };
  const transports = openTransports(inventory, clock, { env: process.env, home: homedir() }, learned);
  const { shell, http, bmc, pins, tickets, guard, secrets } = transports;
  const browser = createBrowserTransport({
    inventory,
    pins,
    bmc,
    tickets,
    guard,
    clock,
    secrets,
    findBrowser: browserPath,
  });
  const console = createConsoleTransport({ inventory, shell, bmc, guard, clock, findBrowser: browserPath });
  return {
    ports: { shell, http, browser, console, operator, clock },
    pins,
    clock,
    redactor,
    secret: (name, signal) => secrets.value(name, signal),
    close: async () => {
      await console.close();
      await browser.close();
      await transports.close();
    },
  };
}

/** The person at this terminal, and the pictures that lie ready in a folder. Throws PICTURE_FOLDER. */
export function openOperator(pictures: string | undefined, terminal: Terminal): Promise<OperatorTransport> {
  const who = { user: userInfo().username, host: hostname() };
  return createOperatorTransport({ who, conversation: openConversation(terminal), pictures });
}

/** Path of the browser that takes pictures and prints. Throws BROWSER_MISSING. */
export function browserPath(): Promise<string> {
  return findBrowser({ chosen: process.env["CONSTAT_BROWSER"], path: process.env["PATH"] });
}
