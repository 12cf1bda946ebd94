import { addAccount } from "../state/bmc.ts";
import { after } from "../state/schedule.ts";
import type { PhysicalServer } from "../state/server.ts";
import type { World } from "../state/world.ts";
import { createController } from "../tls/controller-certificate.ts";

/** Lab milliseconds for which a controller still answers after it accepted a restart, and then does not. Real ones take one to three minutes. */
const GOING_MS = 3000;
const DOWN_MS = 60_000;
/** From there until its pages are served, too. */
const PAGES_MS = 10_000;

/** Restarts a controller: sessions end, pending settings hold afterwards; with `factory` everything else is as delivered. */
export function restartController(world: World, server: PhysicalServer, how: "keep" | "factory"): void {
  const { bmc } = server;
  after(world, GOING_MS, () => {
    bmc.phase = "restarting";
    bmc.sessions.clear();
    world.events.emit({ type: "controller", node: server.node, state: "down" });
  });
  after(world, GOING_MS + DOWN_MS, () => {
    if (how === "keep") comeBack(world, server);
    else void backToFactory(world, server);
  });
}

async function backToFactory(world: World, server: PhysicalServer): Promise<void> {
  const { bmc } = server;
  bmc.accounts.clear();
  addAccount(bmc, { ...bmc.tag, displayName: bmc.tag.user, role: "Administrator" });
  bmc.pendingNetwork = undefined;
  bmc.network = { ...bmc.network, dhcp: true, address: bmc.address };
  for (const medium of server.media) Object.assign(medium, { image: "", inserted: false, bootNext: false });
  bmc.certificate = await createController(server.node, world.clock.outside());
  comeBack(world, server);
}

function comeBack(world: World, server: PhysicalServer): void {
  const { bmc } = server;
  bmc.network = bmc.pendingNetwork ?? bmc.network;
  bmc.pendingNetwork = undefined;
  bmc.phase = "up";
  bmc.pages = "starting";
  after(world, PAGES_MS, () => {
    bmc.pages = "ready";
  });
  world.events.emit({ type: "controller", node: server.node, state: "up" });
}
