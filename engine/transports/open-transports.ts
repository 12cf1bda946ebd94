import type { Clock } from "../base/clock.ts";
import type { Inventory } from "../model/inventory.ts";
import { type Bmc, openBmc } from "./bmc/open-bmc.ts";
import { createGuard, type Guard } from "./guard.ts";
import { createHttpTransport } from "./http.ts";
import { createHttpDoor, type HttpDoor } from "./http-door.ts";
import type { OperatorHost } from "./operator-host.ts";
import type { HttpTransport, ShellTransport } from "./port.ts";
import type { PveTickets } from "./pve-ticket.ts";
import { createPveTickets } from "./pve-tickets.ts";
import { createSecrets, type Secrets } from "./secrets.ts";
import { createShellTransport } from "./shell.ts";
import type { SshPerson } from "./ssh-person.ts";
import { createTlsPins, type TlsPinStore } from "./tls-pins.ts";

/** Everything that reaches the machines of one inventory, wired together; browser and console take guard, pins, tickets and door from here. */
export interface Transports {
  readonly guard: Guard;
  readonly secrets: Secrets;
  readonly shell: ShellTransport;
  readonly pins: TlsPinStore;
  readonly tickets: PveTickets;
  readonly door: HttpDoor;
  readonly bmc: Bmc;
  readonly http: HttpTransport;
  close(): Promise<void>;
}

/**
 * Wires the transports of an inventory. Nothing is connected, and no secret is read, before it is needed; `learned` hears of each secret
 * value before it is used. `person` is asked for host keys, pass phrases and passwords that nothing else gives.
 */
export function openTransports(
  inventory: Inventory,
  clock: Clock,
  host: OperatorHost,
  learned: (value: string, name: string) => void,
  person?: SshPerson,
): Transports {
  const guard = createGuard(inventory);
  const secrets = createSecrets(inventory, host, learned);
  const shell = createShellTransport({ guard, secrets, clock, host, person });
  const pins = createTlsPins({ shell, clock });
  const door = createHttpDoor(guard, pins);
  const tickets = createPveTickets(door, secrets, clock);
  const bmc = openBmc(guard, secrets, clock);
  const http = createHttpTransport({ inventory, door, pins, tickets, secrets, bmc, clock });
  return {
    guard,
    secrets,
    shell,
    pins,
    tickets,
    door,
    bmc,
    http,
    close: async () => {
      await http.close();
      await shell.close();
    },
  };
}
