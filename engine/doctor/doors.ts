import type { Clock } from "../base/clock.ts";
import type { InventoryNode } from "../model/inventory.ts";
import type { HttpTransport, ShellTransport } from "../transports/port.ts";

/** What an examination may use. All of it only looks: nothing on a node or on a controller is changed. */
export interface DoctorDoors {
  readonly shell: ShellTransport;
  readonly http: HttpTransport;
  readonly clock: Clock;
  /** Reads a secret of the inventory. Throws ProblemError SECRET_…. */
  secret(name: string, signal: AbortSignal): Promise<string>;
  /** The certificate (DER) that the API or the controller of a node shows, whatever it is worth. */
  certificate(node: InventoryNode, whose: "pve" | "bmc", signal: AbortSignal): Promise<Uint8Array>;
  /** Starts the browser, ends it, and gives its version. Throws ProblemError BROWSER_…. */
  browser(signal: AbortSignal): Promise<string>;
  /** The text without any secret that is known. */
  redact(text: string): string;
}
