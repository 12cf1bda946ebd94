import { randomBytes } from "node:crypto";
import { vmOn } from "../../state/guest-place.ts";
import { PveError } from "../../state/pve-error.ts";
import { startTask } from "../../state/tasks.ts";
import { isTrue } from "../parameters.ts";
import type { ApiCall, Route } from "../route.ts";
import { createVncTicket } from "../vnc-tickets.ts";

/** How long the port waits for its client, in real milliseconds. */
const PATIENCE_MS = 10_000;

/** `vncproxy`: opens a port for one VNC connection. Never recorded: built from the public sources of qemu-server. */
export const qemuConsoleRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/nodes/{node}/qemu/{vmid}/vncproxy",
    relayed: true,
    parameters: { websocket: { type: "boolean" }, "generate-password": { type: "boolean" } },
    handle: vncproxy,
  },
];

function vncproxy({ world, node, user, params }: ApiCall) {
  const { vmid } = vmOn(node, params["vmid"] ?? "");
  const port = world.vncPorts.next(node.name);
  if (port === undefined) throw new PveError("unable to find free vnc port");
  const ticket = createVncTicket(world, node, user, `/vms/${vmid}`);
  const generated = isTrue(params["generate-password"]) ? generatedPassword() : undefined;
  const { promise: taken, resolve: take } = Promise.withResolvers<boolean>();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const listening = {
    ...{ port, node: node.name, vmid, user, ticket, password: generated ?? ticket },
    taken: () => take(true),
    released: release,
  };
  world.vncPorts.open(listening);
  const { upid } = startTask(world, node, { type: "vncproxy", id: String(vmid), user }, async (_print, signal) => {
    const tired = world.clock.sleep(PATIENCE_MS * world.clock.scale, signal).then(() => false);
    try {
      if (!(await Promise.race([taken, tired]))) throw new PveError("connection timed out");
      await released;
    } finally {
      tired.catch(() => {});
      world.vncPorts.close(listening);
    }
  });
  const answer = { user, ticket, port: String(port), upid, cert: node.database.authority.pem };
  return generated === undefined ? answer : { ...answer, password: generated };
}

/** Eight printable characters from « ! » on, six bits each. */
function generatedPassword(): string {
  return String.fromCharCode(...[...randomBytes(8)].map((byte) => (byte & 0x3f) + 0x21));
}
