import { openRun, sweepForSecrets } from "../evidence/index.ts";
import type { Composition } from "./compose.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Interrupts } from "./interrupt.ts";
import { renderReport } from "./report.ts";
import { type Sealing, sealFolder } from "./sealing.ts";
import { stampAuthority } from "./stamp-authority.ts";
import type { Terminal } from "./terminal.ts";

/** How a finished run is handed over. */
export interface Delivery {
  /** False: no report, the evidence alone. */
  readonly report: boolean;
  readonly tsa: string | undefined;
  readonly terminal: Terminal;
  readonly transports: Pick<Composition, "redactor">;
  readonly interrupts: Interrupts;
  /** Undefined when nothing is to be sealed. */
  readonly sealing: Sealing | undefined;
}

/** What a rendering writes into the folder. */
const RENDERED = ["data/rapport.html", "data/rapport.pdf"];

/** Renders the report of a finished run and seals all of it, unless a secret is left in it. What fails here is told; the evidence stays as it is. */
export async function deliver(folder: string, delivery: Delivery): Promise<ExitCode> {
  const { report, terminal, interrupts, sealing } = delivery;
  if (await holdsSecrets(folder, delivery)) return EXIT.environment;
  let code: ExitCode = EXIT.ok;
  try {
    if (report && !interrupts.first.aborted) code = await rendered(folder, terminal, interrupts);
  } finally {
    // Evidence without a report is sealed all the same, also when the run was interrupted.
    if (await holdsSecrets(folder, delivery, RENDERED)) code = EXIT.environment;
    else if (sealing !== undefined) await sealDelivery(folder, sealing, delivery);
  }
  return code;
}

async function rendered(folder: string, terminal: Terminal, interrupts: Interrupts): Promise<ExitCode> {
  try {
    return await renderReport(folder, {}, terminal, interrupts.first);
  } catch (error) {
    if (interrupts.first.aborted) return EXIT.interrupted;
    terminal.err(
      `Le rapport n’a pas pu être rendu ; les preuves sont dans ${folder}, et « constat report ${folder} » le refera.\n`,
    );
    throw error;
  }
}

async function sealDelivery(folder: string, sealing: Sealing, { tsa, terminal, interrupts }: Delivery): Promise<void> {
  const { events } = await openRun(folder);
  const authority = await stampAuthority(tsa, folder, events);
  await sealFolder(folder, { ...sealing, authority }, terminal, interrupts.second);
}

/** Whether a known secret is left, told with its name and the files that hold it. */
async function holdsSecrets(
  folder: string,
  { transports, terminal }: Delivery,
  only?: readonly string[],
): Promise<boolean> {
  const left = await sweepForSecrets(folder, transports.redactor, only);
  for (const { subject, text, remedy } of left)
    terminal.err(`${subject} : ${text} Rien n’est livré.\n    → ${remedy}\n`);
  return left.length > 0;
}
