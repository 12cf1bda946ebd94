import type { NodeState } from "./node.ts";
import { PveError } from "./pve-error.ts";
import { assertQuorum } from "./quorum.ts";
import type { SdnKind, SdnSection, SdnState, SdnValue } from "./sdn.ts";
import { assertSdnLock } from "./sdn-lock.ts";

/** A change of one section as it was asked: its id, its keys, what to delete, and the token of the lock. */
export interface SdnRequest {
  readonly id: string;
  readonly values: Readonly<Record<string, string>>;
  readonly remove?: readonly string[] | undefined;
  readonly token?: string | undefined;
  readonly digest?: string | undefined;
}

/** Does a change below the lock of the SDN configuration; a refusal gets the call's name in front, and a refused parameter a 500, as on real nodes. */
export function changeSdn(
  node: NodeState,
  what: string,
  token: string | undefined,
  change: (sdn: SdnState) => void,
): void {
  assertQuorum(node);
  const { sdn } = node.database;
  const failed = `${what} failed`;
  assertSdnLock(sdn, token, failed);
  try {
    change(sdn);
  } catch (error) {
    if (!(error instanceof PveError)) throw error;
    const lines = Object.entries(error.errors ?? {}).map(([name, text]) => `\n${name}: ${text}`);
    throw new PveError(`${failed}: ${error.errors ? "400 " : ""}${error.message}${lines.join("")}`);
  }
  sdn.started = true;
}

const NUMBERS = new Set([
  "tag",
  "mtu",
  "vlanaware",
  "vxlan-port",
  "snat",
  "vrf-vxlan",
  "isolate-ports",
  "advertise-subnets",
]);

/** Texts of a request as values of a section: numbers where the schema has numbers, flags as 1 and 0. */
export function sdnValues(values: Readonly<Record<string, string>>): Record<string, SdnValue> {
  return Object.fromEntries(Object.entries(values).map(([name, text]) => [name, toValue(name, text)]));
}

function toValue(name: string, text: string): SdnValue {
  if (!NUMBERS.has(name)) return text;
  return /^(?:on|yes|true)$/i.test(text) ? 1 : /^(?:off|no|false)$/i.test(text) ? 0 : Number(text);
}

/** The section of that id, or what a node says when there is none. */
export function sdnSection(sdn: SdnState, kind: SdnKind, id: string): SdnSection {
  const found = sdn.configured[kind].get(id);
  if (found) return found;
  const name = kind === "zones" ? `sdn '${id}'` : `sdn ${kind.slice(0, -1)} '${id}'`;
  throw new PveError(`${name} does not exist`);
}

/** A section with a request's keys put in and the deleted ones taken out. */
export function merged(section: SdnSection, request: SdnRequest): SdnSection {
  const gone = new Set(request.remove ?? []);
  const kept = Object.fromEntries(Object.entries(section).filter(([name]) => !gone.has(name)));
  return { ...kept, type: section.type, ...sdnValues(request.values) };
}
