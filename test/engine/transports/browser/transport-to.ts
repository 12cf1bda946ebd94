import { systemClock } from "../../../../engine/base/clock.ts";
import { browserSpecSchema } from "../../../../engine/model/browser-spec.ts";
import type { Inventory, InventoryNode } from "../../../../engine/model/inventory.ts";
import { createBrowserTransport, findBrowser } from "../../../../engine/transports/browser/index.ts";
import { createGuard } from "../../../../engine/transports/guard.ts";
import type { BrowserTransport, ShotResult, TlsPins } from "../../../../engine/transports/port.ts";
import type { PveTickets } from "../../../../engine/transports/pve-ticket.ts";

const ADDRESS = "10.202.4.31";

/** What a login gives beside its ticket: a full capability map, without which the page lacks tabs. */
const LOGIN = {
  csrf: "token",
  user: "root@pam",
  capabilities: {
    vms: { "VM.Allocate": 1 },
    storage: { "Datastore.Audit": 1 },
    access: {},
    nodes: { "Sys.Audit": 1, "Sys.Console": 1, "Sys.Modify": 1 },
    dc: { "Sys.Audit": 1, "Sys.Modify": 1, "SDN.Audit": 1 },
    sdn: {},
    mapping: { "Mapping.Audit": 1 },
  },
} as const;

export interface TestTransport {
  readonly transport: BrowserTransport;
  readonly node: InventoryNode;
  /** The pin, which a test may change. */
  readonly pin: { fingerprint: string };
  /** How long pages may take from now on. */
  within(ms: number): void;
  /** How often the driver logged in. */
  logins(): number;
  shoot(spec: object, signal?: AbortSignal): Promise<ShotResult>;
}

/** A browser transport to one node that wears a nominal address and really listens on this port of the loopback. */
export function transportTo(
  port: number,
  fingerprint: string,
  more: {
    readonly ticket?: () => string;
    readonly findBrowser?: () => Promise<string>;
    readonly secrets?: () => readonly string[];
  } = {},
): TestTransport {
  const pin = { fingerprint };
  let withinMs = 20_000;
  let logins = 0;
  const node: InventoryNode = {
    name: "pve1",
    hostname: "pve1",
    address: ADDRESS,
    vars: {},
    pve: { user: "root@pam", endpoint: { host: ADDRESS, port: 8006 }, connect: { host: "127.0.0.1", port } },
  };
  const inventory: Inventory = {
    file: "lab.yaml",
    name: "lab",
    timeScale: 1,
    guard: "loopback",
    nodes: [node],
    groups: {},
    vars: {},
    secrets: {},
  };
  const pins: TlsPins = {
    expected: async () => pin.fingerprint,
    renew: async () => {
      throw new Error("not asked in these tests");
    },
  };
  const tickets: PveTickets = {
    get: async () => {
      logins += 1;
      return { ...LOGIN, ticket: more.ticket?.() ?? "none" };
    },
    drop: () => {},
  };
  const transport = createBrowserTransport({
    inventory,
    pins,
    tickets,
    guard: createGuard(inventory),
    clock: systemClock,
    ...(more.secrets === undefined ? {} : { secrets: { known: more.secrets, knowStored: async () => {} } }),
    findBrowser: more.findBrowser ?? (() => findBrowser()),
    get withinMs() {
      return withinMs;
    },
  });
  return {
    transport,
    node,
    pin,
    logins: () => logins,
    within: (ms) => {
      withinMs = ms;
    },
    shoot: (spec, signal = AbortSignal.timeout(55_000)) =>
      transport.shoot(node, { spec: browserSpecSchema.parse(spec), signal }),
  };
}
