import type { Clock } from "../../base/clock.ts";
import type { InventoryNode } from "../../model/inventory.ts";
import type { Guard } from "../guard.ts";
import type { Secrets } from "../secrets.ts";
import { type BmcRequester, createBmcRequester, withBmc } from "./bmc.ts";
import { createBmcDoor } from "./bmc-door.ts";
import { type BmcPins, createBmcPins } from "./bmc-pins.ts";
import { untilBack, untilGone } from "./bmc-restart.ts";
import { type BmcSessions, createBmcSessions } from "./bmc-sessions.ts";

/** Everything that reaches the management controllers of an inventory. */
export interface Bmc {
  readonly request: BmcRequester;
  readonly pins: BmcPins;
  readonly sessions: BmcSessions;
  /** Waits for a controller that was reset to factory settings; from then on its new certificate is the pinned one. */
  renew(node: InventoryNode, signal: AbortSignal): Promise<{ readonly before: string; readonly after: string }>;
  /** Logs out everywhere: a controller has few sessions. */
  close(): Promise<void>;
}

/** Wires it up; nothing is connected before the first request. */
export function openBmc(guard: Guard, secrets: Secrets, clock: Clock): Bmc {
  const pins = createBmcPins();
  const door = createBmcDoor(guard, pins);
  const sessions = createBmcSessions(door, secrets);
  return {
    pins,
    sessions,
    request: createBmcRequester(door, sessions, clock),
    renew: async (owner, signal) => {
      const node = withBmc(owner);
      const before = pins.expected(node) ?? "";
      sessions.dropAll(node);
      await untilGone(node, door, clock, signal);
      await door.forget(node);
      pins.expectNew(node);
      await untilBack(node, door, clock, signal);
      return { before, after: pins.expected(node) ?? "" };
    },
    close: async () => {
      await sessions.endAll();
      await door.close();
    },
  };
}
