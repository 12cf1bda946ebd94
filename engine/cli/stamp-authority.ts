import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { Event } from "../model/event.ts";
import { reportSettingsSchema } from "../model/report-settings.ts";

/**
 * The time stamping authority of a run: the one given, else that of its `rapport.yaml`. A rehearsal in a lab shows its seal to nobody
 * unless asked to: no packet leaves the machine because of it.
 */
export async function stampAuthority(
  given: string | undefined,
  folder: string,
  events: readonly Event[],
): Promise<string | undefined> {
  if (given !== undefined) return given;
  const started = events.find((event) => event.type === "run-started");
  if (started?.type !== "run-started" || started.inventory.simulated !== null) return undefined;
  try {
    const text = await readFile(join(folder, "data", "runbook", started.settings.file), "utf8");
    return reportSettingsSchema.parse(parse(text)).horodatage;
  } catch {
    // Settings that cannot be read are told where they are needed: by the report and by the audit.
    return undefined;
  }
}
