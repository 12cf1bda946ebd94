import type { SdnKind, SdnSection, SdnState, SdnValue } from "./sdn.ts";

/** A section with what an apply would change in it. */
export interface PendingSection {
  readonly id: string;
  readonly state?: "new" | "changed" | "deleted";
  readonly pending?: Readonly<Record<string, SdnValue>>;
  readonly [key: string]: unknown;
}

/** Running and configured sections together, as `?pending=1` shows them: keys as they run, the waiting ones under `pending`. */
export function pendingSections(sdn: SdnState, kind: SdnKind): PendingSection[] {
  const configured = sdn.configured[kind];
  const running = sdn.running?.sections[kind] ?? new Map<string, SdnSection>();
  const ids = [...new Set([...running.keys(), ...configured.keys()])].sort();
  return ids.map((id) => compare(id, running.get(id), configured.get(id)));
}

function compare(id: string, running: SdnSection | undefined, configured: SdnSection | undefined): PendingSection {
  if (!configured) return { id, ...running, state: "deleted", pending: {} };
  if (!running) return { id, ...shown(configured), state: "new", pending: waitingKeys(configured) };
  const waiting: Record<string, SdnValue> = {};
  for (const [key, value] of Object.entries(configured))
    if (String(running[key]) !== String(value)) waiting[key] = value;
  for (const key of Object.keys(running)) if (configured[key] === undefined) waiting[key] = "deleted";
  if (Object.keys(waiting).length === 0) return { id, ...running };
  return { id, ...running, state: "changed", pending: waiting };
}

/** `type`, and the vnet of a subnet, are shown as they are, also while they wait. */
function shown({ type, vnet }: SdnSection): Record<string, SdnValue> {
  return { type, ...(vnet === undefined ? {} : { vnet }) };
}

function waitingKeys({ type: _, vnet: __, ...rest }: SdnSection): Record<string, SdnValue> {
  return rest;
}
