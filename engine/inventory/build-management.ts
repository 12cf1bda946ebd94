import type { BmcAccess, ConsoleAccess, InventoryNode } from "../model/inventory.ts";
import { parseEndpoint } from "./endpoint.ts";
import type { LayerNode } from "./inventory-schema.ts";

type Bmc = Exclude<NonNullable<LayerNode["bmc"]>, false>;
type Screen = Exclude<NonNullable<LayerNode["console"]>, false>;

/** A node's management controller with its defaults. `checkInventory` has seen to it that it has an address. */
export function bmcOf(bmc: Bmc, address: string): BmcAccess {
  const connect = bmc.connect === undefined ? undefined : parseEndpoint(bmc.connect);
  return {
    ...(bmc.user !== undefined && bmc.password !== undefined && { login: { user: bmc.user, password: bmc.password } }),
    accounts: bmc.accounts ?? {},
    endpoint: { host: bmc.host ?? address, port: bmc.port ?? 443 },
    ...(connect !== undefined && { connect }),
    ...(bmc.fingerprint !== undefined && { fingerprint: bmc.fingerprint.toUpperCase() }),
    ...(bmc.page !== undefined && { consolePage: bmc.page }),
  };
}

/** Where the screen of a virtual node is seen. `checkInventory` has seen to it that both are given. */
export function consoleOf({ host = "", vmid = 0 }: Screen): ConsoleAccess {
  return { host, vmid };
}

/** How a node's power is commanded; a management controller does it where nothing else is said. */
export function powerOf({ power, bmc }: LayerNode): Pick<InventoryNode, "power"> {
  if (typeof power === "object") return { power: { by: "command", ...power } };
  if (power !== undefined) return { power: { by: power } };
  return bmc === undefined || bmc === false ? {} : { power: { by: "bmc" } };
}
