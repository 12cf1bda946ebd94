import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { processStart } from "./process-start.ts";

const labFileSchema = z.object({
  pid: z.int(),
  /** Start time of the process, in the kernel's ticks. */
  processStart: z.string(),
  /** ISO date, real time. */
  started: z.string(),
  scenario: z.string(),
  dialect: z.enum(["9", "8.4"]),
  timeScale: z.number(),
  nodes: z.record(z.string(), z.object({ address: z.string(), ssh: z.int(), pve: z.int() })),
});

/** What `lab.json` says about a running lab. */
export type LabFile = z.infer<typeof labFileSchema>;

/** The lab that runs in a folder; undefined when there is none, or when it died. */
export async function readLiveLab(folder: string): Promise<LabFile | undefined> {
  const text = await readFile(pathIn(folder), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = labFileSchema.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  return (await processStart(parsed.data.pid)) === parsed.data.processStart ? parsed.data : undefined;
}

/** Writes `lab.json`. */
export async function writeLabFile(folder: string, lab: LabFile): Promise<void> {
  await writeFile(pathIn(folder), `${JSON.stringify(lab, null, 2)}\n`);
}

/** Takes `lab.json` away, so that nobody believes the lab still runs. */
export async function removeLabFile(folder: string): Promise<void> {
  await rm(pathIn(folder), { force: true });
}

function pathIn(folder: string): string {
  return join(folder, "lab.json");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
