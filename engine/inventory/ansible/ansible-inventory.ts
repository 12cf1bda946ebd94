import type { VFile } from "vfile";

/** Where something stands in an Ansible inventory, from 1. */
export interface Spot {
  readonly line: number;
  readonly column: number;
}

/** A value, as far as an inventory of ours could hold it. The text of a vault is never kept. */
export type AnsibleValue =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "vault" }
  | { readonly type: "composite" }
  | { readonly type: "template" }
  | { readonly type: "empty" };

export interface AnsibleVariable {
  readonly name: string;
  readonly value: AnsibleValue;
  readonly spot: Spot;
  /** Where it stands, when that is not the inventory itself but a file of `group_vars` or `host_vars`. */
  readonly file?: VFile | undefined;
}

export interface AnsibleHost {
  readonly name: string;
  readonly spot: Spot;
  /** The port written after the name (`host:2222`). */
  port: number | undefined;
  readonly vars: AnsibleVariable[];
}

export interface AnsibleGroup {
  readonly name: string;
  readonly spot: Spot;
  readonly hosts: Set<string>;
  readonly children: Set<string>;
  readonly vars: AnsibleVariable[];
}

/** Hosts and groups in the order in which they are met; `all` is among the groups when it has something of its own. */
export interface AnsibleInventory {
  readonly hosts: Map<string, AnsibleHost>;
  readonly groups: Map<string, AnsibleGroup>;
}

/** The group of this name, made at its first mention. */
export function groupNamed({ groups }: AnsibleInventory, name: string, spot: Spot): AnsibleGroup {
  const known = groups.get(name);
  if (known !== undefined) return known;
  const group: AnsibleGroup = { name, spot, hosts: new Set(), children: new Set(), vars: [] };
  groups.set(name, group);
  return group;
}

/** The host of this name, made at its first mention. */
export function hostNamed({ hosts }: AnsibleInventory, name: string, spot: Spot): AnsibleHost {
  const known = hosts.get(name);
  if (known !== undefined) return known;
  const host: AnsibleHost = { name, spot, port: undefined, vars: [] };
  hosts.set(name, host);
  return host;
}

/** What a text is to us: a vault's, a template's, or a plain one. */
export function ansibleValue(text: string): AnsibleValue {
  if (/^\s*\$ANSIBLE_VAULT/.test(text)) return { type: "vault" };
  if (/\{\{|\{%/.test(text)) return { type: "template" };
  return text.trim() === "" ? { type: "empty" } : { type: "text", text };
}

export interface Words {
  readonly reason: string;
  readonly remedy: string;
}

/** Says that something is not taken over; with `fatal`, that the file cannot be understood. */
export function say(file: VFile, spot: Spot, { reason, remedy }: Words, fatal: boolean): void {
  // A group's setting is met once for each of its hosts; several hosts of one line share their variables.
  const known = file.messages.some(
    (message) => message.reason === reason && message.line === spot.line && message.column === spot.column,
  );
  if (known) return;
  const ruleId = fatal ? "ansible-syntax" : "ansible-not-taken";
  const message = file.message(reason, { place: { ...spot }, ruleId, source: "constat" });
  message.fatal = fatal ? true : null;
  message.note = remedy;
}
