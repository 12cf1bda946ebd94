import { followGuests } from "../machine/follow-guests.ts";
import { followPower } from "./ceph/daemons.ts";
import { createClock, type LabClock } from "./clock.ts";
import { createNode, type NodeSpec } from "./create-node.ts";
import type { Dialect } from "./dialect.ts";
import { createEvents } from "./events.ts";
import { noFaults } from "./faults.ts";
import { haGuestManager } from "./ha/ha-requests.ts";
import { followMachines } from "./power.ts";
import { recordFinishedTask } from "./tasks.ts";
import { VncPorts } from "./vnc-ports.ts";
import type { World } from "./world.ts";

/** What a lab starts from. */
export interface WorldOptions {
  readonly nodes: readonly NodeSpec[];
  readonly dialect?: Dialect | undefined;
  readonly clock?: LabClock | undefined;
}

/** Makes the nodes, each on its own: keys and certificates are generated together (about a second in all). */
export async function createWorld(options: WorldOptions): Promise<World> {
  const { dialect = "9", clock = createClock() } = options;
  const nodes = await Promise.all(options.nodes.map((spec) => createNode(spec, dialect, clock)));
  const end = new AbortController();
  const world: World = {
    clock,
    dialect,
    nodes: new Map(nodes.map((node) => [node.name, node])),
    servers: new Map(),
    faults: noFaults(),
    events: createEvents(),
    vncPorts: new VncPorts(),
    guestManager: undefined,
    signal: end.signal,
    stop: () => end.abort(new Error("the lab is stopping")),
  };
  followPower(world);
  followMachines(world);
  followGuests(world);
  world.guestManager = haGuestManager(world);
  for (const node of nodes) recordFinishedTask(node, "startall", Math.floor(node.bootTime / 1000) + 14);
  return world;
}
