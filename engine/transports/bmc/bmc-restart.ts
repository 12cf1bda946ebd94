import type { Clock } from "../../base/clock.ts";
import { isProblem } from "../../base/problem.ts";
import type { BmcDoor } from "./bmc-door.ts";
import type { BmcNode } from "./bmc-pins.ts";

const PAUSE_MS = 1_000;
/** A controller still answers for a while after it accepted a reset; one that never goes away did not restart. */
const GOING_MS = 60_000;
const ASK_MS = 10_000;

/** Waits until a controller no longer answers as it did; at most a minute, as some are back before one could notice. */
export async function untilGone(node: BmcNode, door: BmcDoor, clock: Clock, signal: AbortSignal): Promise<void> {
  const until = clock.monotonic() + GOING_MS;
  while (clock.monotonic() < until && (await answers(node, door, signal))) await clock.sleep(PAUSE_MS, signal);
}

/** Waits until a controller answers its service root; the caller's signal is the limit. */
export async function untilBack(node: BmcNode, door: BmcDoor, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!(await answers(node, door, signal))) await clock.sleep(PAUSE_MS, signal);
}

async function answers(node: BmcNode, door: BmcDoor, signal: AbortSignal): Promise<boolean> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(ASK_MS)]);
  try {
    const headers = { accept: "application/json", connection: "close" };
    const { status } = await door.request(node, { method: "GET", path: "/redfish/v1/", headers, signal: limited });
    return status === 200;
  } catch (error) {
    signal.throwIfAborted();
    if (isProblem(error) || limited.aborted) return false;
    throw error;
  }
}
