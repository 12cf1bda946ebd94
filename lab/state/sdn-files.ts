import { createHash } from "node:crypto";
import { SDN_KINDS, type SdnKind, type SdnSection, type SdnState, type SdnValue } from "./sdn.ts";

/** The files of /etc/pve/sdn by name, those that are there. */
export function sdnFiles(sdn: SdnState): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const kind of SDN_KINDS) {
    if (sdn.configured[kind].size > 0) files.set(`${kind}.cfg`, renderSections(sdn, kind));
  }
  if (sdn.running) files.set(".running-config", renderRunning(sdn));
  if (sdn.lockToken !== undefined) files.set(".lock", sdn.lockToken);
  return files;
}

/** SHA-1 of a configuration file, as the API's `digest`. */
export function sdnDigest(sdn: SdnState, kind: SdnKind): string {
  return createHash("sha1").update(renderSections(sdn, kind)).digest("hex");
}

function renderSections(sdn: SdnState, kind: SdnKind): string {
  return [...sdn.configured[kind]].map(([id, section]) => renderSection(id, section)).join("");
}

function renderSection(id: string, { type, ...keys }: SdnSection): string {
  const names = Object.keys(keys).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return `${type}: ${id}\n${names.map((name) => `\t${name} ${keys[name]}\n`).join("")}\n`;
}

/** What a section must have comes first. */
function rank(name: string): number {
  return ["zone", "vnet", "bridge"].includes(name) ? 0 : 1;
}

function renderRunning({ running }: SdnState): string {
  const kinds = SDN_KINDS.map((kind) => [kind, { ids: idsOf(running?.sections[kind] ?? new Map()) }] as const);
  return JSON.stringify({ version: running?.version, ...Object.fromEntries(kinds) });
}

function idsOf(sections: ReadonlyMap<string, SdnSection>): Record<string, Record<string, SdnValue>> {
  return Object.fromEntries([...sections].map(([id, section]) => [id, { ...section }]));
}
