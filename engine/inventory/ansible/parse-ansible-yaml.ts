import type { VFile } from "vfile";
import { isAlias, isMap, isScalar, LineCounter, type Pair, parseDocument, type YAMLMap } from "yaml";
import { yamlMistakes } from "../../base/yaml-mistakes.ts";
import {
  type AnsibleInventory,
  type AnsibleValue,
  type AnsibleVariable,
  ansibleValue,
  groupNamed,
  hostNamed,
  type Spot,
  say,
} from "./ansible-inventory.ts";
import { expandHosts } from "./expand-hosts.ts";

const LISTED = "donnez ce que lit Ansible : ansible-inventory -i FICHIER --list --yaml";

/** Reads an Ansible inventory in YAML; what cannot be understood is a fatal message on the file. */
export function parseAnsibleYaml(file: VFile): AnsibleInventory {
  return new YamlReader(file).read();
}

/** Reads a file of `group_vars` or `host_vars`; one that a vault closes is said, and left alone. */
export function parseAnsibleVariables(file: VFile): readonly AnsibleVariable[] {
  return new YamlReader(file).variables();
}

class YamlReader {
  readonly #file: VFile;
  readonly #lines = new LineCounter();
  readonly #inventory: AnsibleInventory = { hosts: new Map(), groups: new Map() };

  constructor(file: VFile) {
    this.#file = file;
  }

  variables(): readonly AnsibleVariable[] {
    const start: Spot = { line: 1, column: 1 };
    if (/^\s*\$ANSIBLE_VAULT/.test(String(this.#file))) {
      const remedy = "donnez à l’inventaire repris, par une référence, ce qui en sert";
      this.#say(start, "ce fichier est chiffré par Ansible Vault : il n’est pas lu", remedy);
      return [];
    }
    const contents = this.#contents();
    if (isMap(contents)) return contents.items.flatMap((pair) => this.#variable(pair, this.#file));
    if (contents !== undefined && !isEmpty(contents))
      this.#wrong(start, "un fichier de variables est une suite de clés", "écrivez « nom: valeur »");
    return [];
  }

  read(): AnsibleInventory {
    const contents = this.#contents();
    if (contents === undefined) return this.#inventory;
    if (!isMap(contents)) this.#wrong({ line: 1, column: 1 }, "l’inventaire n’est pas une suite de groupes", LISTED);
    else if (contents.has("plugin") || contents.has("_meta"))
      this.#wrong(
        this.#spot(contents.range?.[0]),
        "cet inventaire est fait par un programme, ou pour un programme",
        LISTED,
      );
    else for (const pair of contents.items) this.#group(pair);
    return this.#inventory;
  }

  /** Undefined when it cannot be read. */
  #contents(): unknown {
    const document = parseDocument(String(this.#file), { lineCounter: this.#lines, merge: true, prettyErrors: false });
    for (const { offset, reason, remedy } of yamlMistakes(document.errors, String(this.#file)))
      this.#wrong(this.#spot(offset), `YAML mal formé : ${reason}`, remedy);
    return document.errors.length > 0 ? undefined : document.contents;
  }

  #group({ key, value }: Pair): string | undefined {
    const name = textOf(key);
    const spot = this.#spotOf(key);
    if (name === undefined) return this.#wrong(spot, "un groupe a un nom", LISTED);
    const group = groupNamed(this.#inventory, name, spot);
    if (isMap(value)) {
      for (const part of value.items) {
        const kind = textOf(part.key);
        if (kind === "hosts") for (const host of this.#items(part)) this.#host(host, name);
        else if (kind === "vars")
          for (const variable of this.#items(part)) group.vars.push(...this.#variable(variable));
        else if (kind === "children") {
          for (const child of this.#items(part)) {
            const known = this.#group(child);
            if (known !== undefined) group.children.add(known);
          }
        } else {
          const reason = `« ${kind ?? ""} » n’est ni hosts, ni children, ni vars`;
          this.#say(this.#spotOf(part.key), reason, "mettez-le sous vars s’il s’agit d’une variable");
        }
      }
    } else if (!isEmpty(value)) this.#wrong(spot, `le groupe « ${name} » doit avoir hosts, children ou vars`, LISTED);
    return name;
  }

  #host({ key, value }: Pair, group: string): void {
    const spot = this.#spotOf(key);
    const expanded = expandHosts(textOf(key) ?? "[");
    if ("mistake" in expanded) {
      this.#wrong(spot, expanded.mistake, LISTED);
      return;
    }
    if (!isMap(value) && !isEmpty(value)) this.#wrong(spot, "sous une machine viennent ses variables", LISTED);
    const vars = isMap(value) ? value.items.flatMap((pair) => this.#variable(pair)) : [];
    for (const name of expanded.hosts) {
      const host = hostNamed(this.#inventory, name, spot);
      host.port ??= expanded.port;
      host.vars.push(...vars);
      groupNamed(this.#inventory, group, spot).hosts.add(name);
    }
  }

  #variable({ key, value }: Pair, file?: VFile): readonly AnsibleVariable[] {
    const name = textOf(key);
    return name === undefined ? [] : [{ name, value: scalarValue(value), spot: this.#spotOf(key), file }];
  }

  /** The entries below `hosts`, `children` or `vars`; a single host may stand there as a word. */
  #items({ key, value }: Pair): YAMLMap["items"] {
    if (isMap(value)) return value.items;
    if (!isEmpty(value)) this.#wrong(this.#spotOf(key), `« ${textOf(key)} » doit être une suite de clés`, LISTED);
    return [];
  }

  #spotOf(node: unknown): Spot {
    return this.#spot(isScalar(node) ? node.range?.[0] : undefined);
  }

  #spot(offset = 0): Spot {
    const { line, col } = this.#lines.linePos(Math.min(offset, String(this.#file).length));
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }

  #say(spot: Spot, reason: string, remedy: string): void {
    say(this.#file, spot, { reason, remedy }, false);
  }

  #wrong(spot: Spot, reason: string, remedy: string): undefined {
    say(this.#file, spot, { reason, remedy }, true);
  }
}

function scalarValue(value: unknown): AnsibleValue {
  if (isEmpty(value)) return { type: "empty" };
  if (!isScalar(value)) return { type: isAlias(value) ? "template" : "composite" };
  if (value.tag === "!vault" || value.tag === "!vault-encrypted") return { type: "vault" };
  // As it is written: 0755 and 1.10 are texts to whoever writes them.
  return ansibleValue(typeof value.value === "string" ? value.value : (value.source ?? String(value.value)));
}

function textOf(node: unknown): string | undefined {
  return isScalar(node) && node.value !== null ? String(node.source ?? node.value) : undefined;
}

function isEmpty(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && (node.value === null || node.value === ""));
}
