import { homedir } from "node:os";
import { type Clock, systemClock } from "../base/clock.ts";
import { Redactor } from "../base/redact.ts";
import type { Ports } from "../kinds/index.ts";
import type { FirstContact } from "../model/event.ts";
import type { Inventory, InventoryNode } from "../model/inventory.ts";
import { createBrowserTransport, findBrowser } from "../transports/browser/index.ts";
import { launchBrowser } from "../transports/browser/launch-browser.ts";
import { createConsoleTransport } from "../transports/console/index.ts";
import { openTransports } from "../transports/open-transports.ts";
import { createOperatorTransport } from "../transports/operator.ts";
import type { OperatorHost } from "../transports/operator-host.ts";
import type { OperatorTransport, TlsPins } from "../transports/port.ts";
import { createSecrets } from "../transports/secrets.ts";
import type { SshPerson } from "../transports/ssh-person.ts";
import { sshRoute } from "../transports/ssh-route.ts";
import { routeText } from "../transports/ssh-where.ts";
import { fetchCertificate } from "../transports/tls-certificate.ts";
import { concealWith } from "./concealed.ts";
import { type Around, openConversation } from "./conversation.ts";
import { operatorHere } from "./operator-here.ts";
import type { Terminal } from "./terminal.ts";

export { readPicture as readPictureFile } from "../transports/picture-folder.ts";

/** Everything that reaches outside, joined for one inventory. */
export interface Composition {
  readonly ports: Ports;
  readonly pins: TlsPins;
  firstContacts(): readonly FirstContact[];
  readonly clock: Clock;
  readonly redactor: Redactor;
  secret(name: string, signal: AbortSignal): Promise<string>;
  /** The certificate (DER) that a node's API or controller shows, whatever it is worth. */
  certificate(node: InventoryNode, whose: "pve" | "bmc", signal: AbortSignal): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Who can be asked something while the machines are reached, and who hears of what is odd. */
export interface Surroundings {
  readonly operator: OperatorTransport;
  /** For host keys, pass phrases and passwords that nothing else gives; undefined when nobody is there. */
  readonly person: SshPerson | undefined;
  /** Hears of a secret that is too short to be masked. */
  warn(text: string): void;
  /** Web pages can send nothing. */
  readonly readOnly?: boolean | undefined;
}

/** The only place where ports meet implementations. Opens no socket yet. */
export function compose(inventory: Inventory, { operator, person, warn, readOnly }: Surroundings): Composition {
  const clock = systemClock;
  const redactor = new Redactor();
  concealWith(redactor);
  const learned = (value: string, name: string): void => {
    if (redactor.add(value, name) === "too-short")
      warn(`Le secret « ${name} » est trop court pour être masqué dans les sorties.`);
  };
  const transports = openTransports(inventory, clock, operatorHost(), learned, person);
  const { shell, http, bmc, pins, tickets, door, guard, secrets } = transports;
  const browser = createBrowserTransport({
    ...{ inventory, pins, bmc, tickets, guard, clock, secrets, readOnly },
    findBrowser: browserPath,
  });
  const console = createConsoleTransport({
    ...{ inventory, shell, http, door, tickets, secrets, bmc, guard, clock },
    findBrowser: browserPath,
  });
  return {
    ports: { shell, http, browser, console, operator, clock },
    pins,
    firstContacts: () => bmc.pins.firstContacts(),
    clock,
    redactor,
    secret: (name, signal) => secrets.value(name, signal),
    certificate: async (node, whose, signal) => await fetchCertificate(node, guard, signal, whose),
    close: async () => {
      await console.close();
      await browser.close();
      await transports.close();
    },
  };
}

/** The person at this terminal, and the pictures that lie ready in a folder. Throws PICTURE_FOLDER. */
export function openOperator(
  pictures: string | undefined,
  terminal: Terminal,
  around?: Around,
): Promise<OperatorTransport> {
  const who = operatorHere();
  return createOperatorTransport({ who, conversation: openConversation(terminal, process.stdin, around), pictures });
}

/** The person at this terminal, for what an ssh connection has to ask; undefined when nobody is there. */
export function openPerson(terminal: Terminal, around?: Around): SshPerson | undefined {
  const conversation = openConversation(terminal, process.stdin, around);
  return (
    conversation && {
      ask: (question, how, signal) => conversation[how === "hidden" ? "hidden" : "question"](question, signal),
    }
  );
}

/** The way to a node by ssh, where it is not the inventory's word alone. Connects nothing. Throws SSH_CONFIG_…. */
export async function sshWay(node: InventoryNode): Promise<string | undefined> {
  return routeText(await sshRoute(node, operatorHost()));
}

/** What this machine gives: its environment, home folder and login name. */
function operatorHost(): OperatorHost {
  return { env: process.env, home: homedir(), user: operatorHere().user };
}

/** What covers the secrets of an inventory that this machine has lying ready, and the names of those that it does not know. */
export async function storedSecrets(
  inventory: Inventory,
  signal: AbortSignal,
): Promise<{ readonly redactor: Redactor; readonly unknown: readonly string[] }> {
  const redactor = new Redactor();
  const secrets = createSecrets(inventory, operatorHost());
  const unknown: string[] = [];
  for (const [name, { from }] of Object.entries(inventory.secrets)) {
    const value = from === "command" ? undefined : await secrets.value(name, signal).catch(() => undefined);
    if (value === undefined || redactor.add(value, name) === "too-short") unknown.push(name);
  }
  return { redactor, unknown };
}

/** Starts the browser and ends it again; gives its version. Throws BROWSER_MISSING or BROWSER_NOT_STARTED. */
export async function browserVersion(): Promise<string> {
  const executable = await browserPath();
  const nowhere = { nodes: [], guard: "loopback" } as const;
  const warm = await launchBrowser({ executable, inventory: nowhere, keys: [], language: "fr" });
  try {
    return await warm.browser.version();
  } finally {
    await warm.close();
  }
}

/** Path of the browser that takes pictures and prints. Throws BROWSER_MISSING. */
export function browserPath(): Promise<string> {
  return findBrowser({ chosen: process.env["CONSTAT_BROWSER"], path: process.env["PATH"] });
}
