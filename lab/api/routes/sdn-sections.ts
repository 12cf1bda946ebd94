import type { Dialect } from "../../state/dialect.ts";
import { noSections, type SdnKind } from "../../state/sdn.ts";
import type { SdnRequest } from "../../state/sdn-change.ts";
import { sdnSection } from "../../state/sdn-change.ts";
import { sdnDigest } from "../../state/sdn-files.ts";
import { pendingSections } from "../../state/sdn-pending.ts";
import { isTrue, type ParameterSchema } from "../parameters.ts";
import type { ApiCall } from "../route.ts";

/** Which configuration a list shows. */
export const SHOWN: ParameterSchema = { pending: { type: "boolean" }, running: { type: "boolean" } };

/** What a change may carry beside its keys: the token only since version 9. */
export function changeParameters(dialect: Dialect): ParameterSchema {
  return dialect === "9" ? { "lock-token": {} } : {};
}

/** A section as the API shows it: `id` under the kind's own name. */
export interface ShownSection {
  readonly id: string;
  readonly [key: string]: unknown;
}

/** The sections of a kind, sorted: as written, as they wait (`pending`), or as they run (`running`). */
export function sdnSections({ node, params }: ApiCall, kind: SdnKind): ShownSection[] {
  const { sdn } = node.database;
  if (isTrue(params["pending"])) return pendingSections(sdn, kind).map((section) => ({ ...section, digest: null }));
  const running = isTrue(params["running"]);
  const sections = running ? (sdn.running?.sections[kind] ?? new Map()) : sdn.configured[kind];
  const digest = running ? null : sdnDigest(sdn, kind);
  return [...sections].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, section]) => ({ ...section, id, digest }));
}

/** One of them; throws what a node says about an id it does not know. */
export function oneSection(call: ApiCall, kind: SdnKind, id: string): ShownSection {
  const found = sdnSections(call, kind).find((section) => section.id === id);
  return found ?? { id, ...sdnSection({ ...call.node.database.sdn, configured: NOTHING }, kind, id) };
}

const NOTHING = noSections();

/** A call's parameters as a change of the section `id`; `own` names the path parts and the id itself. */
export function requestOf({ params }: ApiCall, id: string, own: readonly string[]): SdnRequest {
  const { delete: removed, digest, "lock-token": token, ...rest } = params;
  const values = Object.fromEntries(Object.entries(rest).filter(([name]) => !own.includes(name)));
  return { id, values, token, digest, remove: removed?.split(/[,; ]+/) };
}
