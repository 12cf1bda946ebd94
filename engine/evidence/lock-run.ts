import { type Lock, takeLock } from "./lock.ts";
import { onDisk } from "./on-disk.ts";

/** Takes the lock of a run folder that is there, so that nobody else writes into it. Throws RUN_LOCKED or EVIDENCE_WRITE_FAILED. */
export function lockRun(folder: string): Promise<Lock> {
  return onDisk(`Le verrou de ${folder}`, () => takeLock(`${folder}.lock`));
}
