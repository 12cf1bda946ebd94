import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { openRun } from "../../evidence/index.ts";
import type { Event } from "../../model/event.ts";
import type { Inventory } from "../../model/inventory.ts";

/** Earlier runs that are looked into, the newest first. */
const RUNS = 3;

/** How long each step took the last time that it passed on this site, in milliseconds. Runs that cannot be read tell nothing. */
export async function expectedTimes(root: string, inventory: Inventory): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number>();
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  for (const name of names.sort().slice(-RUNS)) {
    const record = await openRun(join(root, name)).catch(() => undefined);
    const events = record?.events ?? [];
    const started = events.find((event) => event.type === "run-started");
    if (started?.inventory.name === inventory.name) addTimes(events, times);
  }
  return times;
}

function addTimes(events: readonly Event[], times: Map<string, number>): void {
  const begun = new Map<string, number>();
  for (const event of events) {
    if (event.type === "step-started") begun.set(event.step, Date.parse(event.at));
    const from = event.type === "step-finished" ? begun.get(event.step) : undefined;
    if (event.type === "step-finished" && event.outcome.status === "passed" && from !== undefined)
      times.set(event.step, Date.parse(event.at) - from);
  }
}
