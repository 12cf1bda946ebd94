import type { BmcNode } from "../../engine/transports/bmc/bmc-pins.ts";
import { startBmcServer } from "../../lab/bmc/server.ts";
import { createClock } from "../../lab/state/clock.ts";
import { openScenario } from "../../lab/state/open-scenario.ts";
import { loadScenario } from "../../lab/state/scenario.ts";
import type { PhysicalServer } from "../../lab/state/server.ts";

export const CONTROLLER_PASSWORD = "a-password-of-the-controller";

/** A server's management controller on loopback, for as long as the test wants it. */
export interface LabController {
  readonly server: PhysicalServer;
  /** The node as an inventory without a pin describes it. */
  node(changes?: Partial<BmcNode["bmc"]>): BmcNode;
  close(): Promise<void>;
}

/** Starts the controller of the bare server; `name` and the last number of its nominal address tell several apart. */
export async function startLabController(name = "pve1", last = 131): Promise<LabController> {
  const world = await openScenario(await loadScenario("serveur-nu"), {
    ...{ dialect: "9", clock: createClock(400), rootPassword: CONTROLLER_PASSWORD },
    controllerPasswords: { tag: CONTROLLER_PASSWORD, service: CONTROLLER_PASSWORD, own: CONTROLLER_PASSWORD },
  });
  const server = world.servers.get("pve1");
  if (server === undefined) throw new Error("pve1 has no server");
  const door = await startBmcServer(world, server);
  const login = { user: [...server.bmc.accounts.values()][0]?.userName ?? "", password: "bmc" };
  return {
    server,
    node: (changes = {}) => ({
      ...{ name, hostname: name, address: "10.202.4.31", vars: {} },
      bmc: {
        login,
        accounts: {},
        endpoint: { host: `10.202.4.${last}`, port: 443 },
        connect: { host: "127.0.0.1", port: door.port },
        ...changes,
      },
    }),
    close: async () => {
      world.stop();
      await door.close();
    },
  };
}
