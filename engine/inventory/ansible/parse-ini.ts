import type { VFile } from "vfile";
import {
  type AnsibleInventory,
  type AnsibleVariable,
  ansibleValue,
  groupNamed,
  hostNamed,
  type Spot,
  say,
} from "./ansible-inventory.ts";
import { expandHosts } from "./expand-hosts.ts";
import { splitWords, type Word } from "./split-words.ts";

type Section = { readonly group: string; readonly kind: "hosts" | "children" | "vars" };

/** Reads an Ansible inventory in INI; what cannot be understood is a fatal message on the file. */
export function parseIni(file: VFile): AnsibleInventory {
  const inventory: AnsibleInventory = { hosts: new Map(), groups: new Map() };
  let section: Section = { group: "ungrouped", kind: "hosts" };
  const lines = String(file)
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/);
  lines.forEach((raw, index) => {
    const text = raw.trim();
    if (text === "" || /^[#;]/.test(text)) return;
    const spot: Spot = { line: index + 1, column: raw.search(/\S/) + 1 };
    const header = /^\[([^:\]\s]+)(?::(\w+))?\]\s*(?:#.*)?$/.exec(text);
    if (header !== null) section = sectionOf(header, spot, inventory, file) ?? section;
    else if (/^\[[^\]]*\]$/.test(text)) wrong(file, spot, `« ${text} » n’est pas un titre de groupe`);
    else if (section.kind === "vars") variableLine(raw, section, spot, inventory, file);
    else wordsLine(raw, section, spot, inventory, file);
  });
  return inventory;
}

function sectionOf(
  [, group = "", kind]: RegExpExecArray,
  spot: Spot,
  inventory: AnsibleInventory,
  file: VFile,
): Section | undefined {
  if (kind !== undefined && kind !== "children" && kind !== "vars" && kind !== "hosts") {
    wrong(file, spot, `« :${kind} » n’est pas une sorte de section`);
    return undefined;
  }
  groupNamed(inventory, group, spot);
  return { group, kind: kind ?? "hosts" };
}

/** `name = value`, to the end of the line. */
function variableLine(raw: string, { group }: Section, spot: Spot, inventory: AnsibleInventory, file: VFile): void {
  const [, name, value = ""] = /^\s*([^=\s][^=]*?)\s*=(.*)$/.exec(raw) ?? [];
  if (name === undefined) wrong(file, spot, "une variable s’écrit nom=valeur");
  else groupNamed(inventory, group, spot).vars.push({ name, value: literal(value.trim()), spot });
}

function wordsLine(raw: string, { group, kind }: Section, spot: Spot, inventory: AnsibleInventory, file: VFile): void {
  const words = splitWords(raw);
  const [first, ...rest] = words ?? [];
  if (words === undefined) wrong(file, spot, "un guillemet reste ouvert");
  if (first === undefined) return;
  if (kind === "children") {
    const [extra] = rest;
    if (extra !== undefined) wrong(file, { ...spot, column: extra.column }, "un sous-groupe tient en un mot");
    groupNamed(inventory, first.text, spot);
    groupNamed(inventory, group, spot).children.add(first.text);
    return;
  }
  const expanded = expandHosts(first.text);
  if ("mistake" in expanded) {
    wrong(file, spot, expanded.mistake);
    return;
  }
  const vars = rest.flatMap((word) => hostVariable(word, spot.line, file));
  for (const name of expanded.hosts) {
    const host = hostNamed(inventory, name, spot);
    host.port ??= expanded.port;
    host.vars.push(...vars);
    groupNamed(inventory, group, spot).hosts.add(name);
  }
}

function hostVariable({ text, column }: Word, line: number, file: VFile): readonly AnsibleVariable[] {
  const equals = text.indexOf("=");
  if (equals > 0)
    return [{ name: text.slice(0, equals), value: literal(text.slice(equals + 1)), spot: { line, column } }];
  // The word itself is not repeated: it may be the rest of a password with a space in it.
  wrong(file, { line, column }, "après le nom d’une machine viennent des nom=valeur");
  return [];
}

/** As Python reads a literal: quotes go, lists and dictionaries are no text; what is none stays as it is. */
function literal(text: string): AnsibleVariable["value"] {
  if (/^\[.*\]$|^\(.*\)$|^\{(?!\{).*\}$/s.test(text)) return { type: "composite" };
  const quoted = /^(["'])((?:(?!\1)[^\\]|\\.)*)\1$/s.exec(text);
  return ansibleValue(quoted === null ? text : (quoted[2] ?? "").replace(/\\(["'\\])/g, "$1"));
}

function wrong(file: VFile, spot: Spot, reason: string): void {
  say(
    file,
    spot,
    {
      reason,
      remedy: "corrigez cette ligne, ou donnez ce que lit Ansible : ansible-inventory -i FICHIER --list --yaml",
    },
    true,
  );
}
