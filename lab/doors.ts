import type { ServeUi } from "./api/ui-port.ts";
import type { World } from "./state/world.ts";
import { serveUi } from "./ui/server.ts";

/** A node's ssh door. */
export interface SshServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts the ssh server of one node on loopback. */
export type StartSshServer = (world: World, nodeName: string, port?: number) => Promise<SshServer>;

/** The doors that other rooms of the lab bring; the one place that knows where they are. */
export const doors: { readonly startSshServer: StartSshServer | undefined; readonly serveUi: ServeUi | undefined } = {
  startSshServer: undefined,
  serveUi,
};
