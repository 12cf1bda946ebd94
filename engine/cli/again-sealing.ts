import { ProblemError } from "../base/problem.ts";
import { openRun } from "../evidence/index.ts";
import { sealInForce } from "../seal/index.ts";
import { refuseSigned } from "./refuse-signed.ts";
import { openSealing, type Sealing, type SealOptions } from "./sealing.ts";
import { stampAuthority } from "./stamp-authority.ts";
import type { Terminal } from "./terminal.ts";

/**
 * What is needed to seal a sealed run again once its report has changed; undefined for a run without a seal. Throws SEAL_OTHER_KEY before
 * anything is written when another key sealed it: its seal would be lost without its owner's will; REPORT_SIGNED when the report that would
 * be written over is signed and nothing is given to sign the new one.
 */
export async function againSealing(
  path: string,
  options: SealOptions,
  terminal: Terminal,
): Promise<{ readonly folder: string; readonly sealing: Sealing } | undefined> {
  const { folder, events } = await openRun(path);
  const inForce = await sealInForce(folder);
  if (inForce === undefined) return undefined;
  const authority = await stampAuthority(options.tsa, folder, events);
  const sealing = await openSealing({ ...options, tsa: authority }, terminal);
  if (sealing.signer === undefined) await refuseSigned(folder);
  if (options.key !== undefined || sealing.key.fingerprint === inForce.fingerprint) return { folder, sealing };
  throw new ProblemError(
    "SEAL_OTHER_KEY",
    `${folder} est scellé par une autre clé que la vôtre (${inForce.fingerprint}).`,
    {
      scope: "author",
      hint: "Rendez le rapport ailleurs avec --out, ou donnez avec --key la clé qui le scellera de nouveau.",
    },
  );
}
