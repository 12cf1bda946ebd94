import { randomUUID } from "node:crypto";
import { PveError } from "./pve-error.ts";
import { SDN_KINDS, type SdnState } from "./sdn.ts";
import { pendingSections } from "./sdn-pending.ts";

const REFUSED = "invalid lock token provided! at /usr/share/perl5/PVE/Network/SDN.pm line 291.";

/** Throws, while somebody holds the global lock, what every change without its token meets; `what` is the call's own prefix. */
export function assertSdnLock({ lockToken }: SdnState, token: string | undefined, what?: string): void {
  if (lockToken === undefined && token === undefined) return;
  if (lockToken !== undefined && lockToken === token) return;
  throw new PveError(what === undefined ? REFUSED : `${what}: ${REFUSED}`);
}

/** Takes the lock and gives its token; refused while it is held, and over pending changes unless they are allowed. */
export function acquireSdnLock(sdn: SdnState, allowPending: boolean): string {
  const failed = "could not acquire lock for SDN config";
  assertSdnLock(sdn, undefined, failed);
  if (!allowPending && hasPending(sdn)) throw new PveError(`${failed}: configuration has pending changes`);
  sdn.lockToken = randomUUID();
  sdn.started = true;
  return sdn.lockToken;
}

/** Frees the lock, with its token or by force. */
export function releaseSdnLock(sdn: SdnState, token: string | undefined, force: boolean): void {
  if (!force) assertSdnLock(sdn, token, "could not release lock");
  sdn.lockToken = undefined;
}

function hasPending(sdn: SdnState): boolean {
  return SDN_KINDS.some((kind) => pendingSections(sdn, kind).some((section) => section["state"] !== undefined));
}
