import { resolve } from "node:path";
import { ProblemError } from "../base/problem.ts";
import { openRun } from "../evidence/index.ts";
import { stampRun } from "../seal/index.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { onInterrupt } from "./interrupt.ts";
import { outsideRun } from "./outside-run.ts";
import { refuseSecrets } from "./recorded-secrets.ts";
import { runPath } from "./run-path.ts";
import { openSealing, type SealOptions, sealFolder } from "./sealing.ts";
import { stampAuthority } from "./stamp-authority.ts";
import type { Terminal } from "./terminal.ts";

export interface SealCommandOptions extends SealOptions {
  /** Only asks for the time stamp of the seal in force. */
  readonly stamp?: boolean | undefined;
  /** Writes the sealed bag as one file, too; `true`: beside the folder. */
  readonly zip?: string | true | undefined;
}

/** `constat seal`: makes a sealed bag of a run folder, again when it changed; or has its seal stamped later. */
export async function seal(given: string, options: SealCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const { folder, events } = await openRun(await runPath(given));
  const { zip } = options;
  const target =
    zip === undefined ? undefined : zip === true ? `${folder}.zip` : await outsideRun(folder, resolve(zip));
  const interrupts = onInterrupt(terminal, "le scellement est arrêté.");
  try {
    const authority = await stampAuthority(options.tsa, folder, events);
    if (options.stamp === true) await stamp(folder, authority, terminal, interrupts.first);
    else {
      await refuseSecrets(folder, terminal, interrupts.first);
      await sealFolder(folder, await openSealing({ ...options, tsa: authority }, terminal), terminal, interrupts.first);
    }
    if (target !== undefined) {
      const { zipBag } = await import("../seal/zip-bag.ts");
      await zipBag(folder, target, interrupts.first);
      terminal.out(`${target}\n`);
    }
    return EXIT.ok;
  } catch (error) {
    if (interrupts.first.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    interrupts.release();
  }
}

async function stamp(
  folder: string,
  authority: string | undefined,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  if (authority === undefined)
    throw new ProblemError("TSA_ADDRESS", "Aucune autorité d’horodatage n’est connue.", {
      scope: "author",
      hint: "Donnez son adresse avec --tsa, ou écrivez « horodatage: https://… » dans rapport.yaml.",
    });
  const { at, authority: name } = await stampRun(folder, authority, signal);
  terminal.out(`Horodaté le ${at} par « ${name} ».\n`);
}
