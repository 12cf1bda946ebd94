import { exhaustive } from "../base/exhaustive.ts";

/** One thing between the braces after a fence's language; offsets count from the opening brace. */
export type Attribute =
  | { readonly type: "id"; readonly name: string; readonly offset: number }
  | { readonly type: "class"; readonly name: string; readonly offset: number }
  | { readonly type: "pair"; readonly key: string; readonly value: string; readonly offset: number }
  /** A lone word: only a few keys may stand without a value. */
  | { readonly type: "word"; readonly key: string; readonly offset: number };

/** What cannot be read, where, and what to write instead. */
export interface AttributeProblem {
  readonly offset: number;
  readonly reason: string;
  readonly remedy: string;
}

export interface ParsedAttributes {
  readonly attributes: readonly Attribute[];
  readonly problems: readonly AttributeProblem[];
}

const SPACE = /[\s\u200b\u2060]+/y;
const NAME = /[\p{L}\p{N}_.:-]+/uy;
const KEY = /[\p{L}_][\p{L}\p{N}_.:-]*/uy;
const BARE = /[^\s\u200b\u2060{}"']+/y;
const UNREADABLE = /[^\s\u200b\u2060}]+/y;
const CURLY = /[“”„«»]/;

/** Reads `{#id .class key=value key="a b" key='…'}`; `text` starts with the opening brace. Each malformed piece is a problem. */
export function parseAttributes(text: string): ParsedAttributes {
  const attributes: Attribute[] = [];
  const problems: AttributeProblem[] = [];
  let at = 1;
  let ended = false;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const problem = (offset: number, reason: string, remedy: string) => problems.push({ offset, reason, remedy });
  const unreadable = (offset: number) => {
    const rest = text.slice(offset, at) + (take(UNREADABLE) ?? "");
    problem(offset, `Attribut illisible : « ${rest} ».`, "Écrivez #identifiant, .classe ou clé=valeur.");
  };

  while (!ended) {
    take(SPACE);
    const offset = at;
    const first = text[at];
    if (first === undefined) {
      problem(0, "L’accolade ouverte ici n’est pas fermée.", "Terminez les attributs par « } » sur la même ligne.");
      ended = true;
      continue;
    }
    if (first === "}") {
      at += 1;
      const rest = text.slice(at).trim();
      if (rest !== "") {
        const start = at + text.slice(at).indexOf(rest);
        problem(start, `Texte après les attributs : « ${rest} ».`, "Rien ne doit suivre l’accolade fermante.");
      }
      ended = true;
      continue;
    }
    if (first === "#" || first === ".") {
      at += 1;
      const name = take(NAME);
      if (name === undefined || !endsHere(text, at)) unreadable(offset);
      else attributes.push({ type: first === "#" ? "id" : "class", name, offset });
      continue;
    }
    const key = take(KEY);
    if (key === undefined) {
      at += 1;
      unreadable(offset);
      continue;
    }
    if (text[at] !== "=") {
      if (endsHere(text, at)) attributes.push({ type: "word", key, offset });
      else unreadable(offset);
      continue;
    }
    at += 1;
    const value = readValue(key, offset);
    if (value !== undefined) attributes.push({ type: "pair", key, value, offset });
  }
  return { attributes, problems };

  function readValue(key: string, offset: number): string | undefined {
    const start = at;
    const quote = text[at];
    if (quote === '"' || quote === "'") {
      const value = readQuoted(quote);
      if (value === undefined) {
        problem(start, `Le guillemet ouvert pour « ${key} » n’est pas fermé.`, `Fermez la valeur par ${quote}.`);
        ended = true;
        return undefined;
      }
      if (!endsHere(text, at)) {
        unreadable(offset);
        return undefined;
      }
      if (value.trim() === "") return empty(key, offset);
      return value;
    }
    if (quote !== undefined && CURLY.test(quote)) {
      problem(
        start,
        `La valeur de « ${key} » est entre guillemets typographiques.`,
        `Écrivez ${key}="…" avec des guillemets droits.`,
      );
      skipCurly();
      return undefined;
    }
    const value = take(BARE);
    if (text[at] === "{" || text[at] === '"' || text[at] === "'") {
      skipBraced();
      problem(
        start,
        `La valeur de « ${key} » contient une accolade ou un guillemet.`,
        `Mettez-la entre guillemets : ${key}="…".`,
      );
      return undefined;
    }
    return value ?? empty(key, offset);
  }

  function readQuoted(quote: string): string | undefined {
    let value = "";
    for (let index = at + 1; index < text.length; index += 1) {
      const char = text[index] ?? "";
      const next = text[index + 1];
      if (char === "\\" && (next === quote || next === "\\")) {
        value += next;
        index += 1;
      } else if (char === quote) {
        at = index + 1;
        return value;
      } else value += char;
    }
    return undefined;
  }

  /** Goes to the next space, but leaves the brace that closes the attributes where it is. */
  function skipBraced(): void {
    const chunk = take(/\S+/y) ?? "";
    if (chunk.split("}").length > chunk.split("{").length) at -= 1;
  }

  function skipCurly(): void {
    const close = text.slice(at + 1).search(CURLY);
    at = close < 0 ? at + 1 : at + 2 + close;
    take(UNREADABLE);
  }

  function empty(key: string, offset: number): undefined {
    problem(offset, `La clé « ${key} » a une valeur vide.`, `Donnez-lui une valeur, ou retirez « ${key}= ».`);
    return undefined;
  }
}

/** The text of attributes, so that reading it gives them again. */
export function formatAttributes(attributes: readonly Attribute[]): string {
  return `{${attributes.map(formatAttribute).join(" ")}}`;
}

function formatAttribute(attribute: Attribute): string {
  switch (attribute.type) {
    case "id":
      return `#${attribute.name}`;
    case "class":
      return `.${attribute.name}`;
    case "word":
      return attribute.key;
    case "pair":
      return `${attribute.key}=${quoted(attribute.value)}`;
    default:
      return exhaustive(attribute);
  }
}

/** A value as it is written after `key=`. */
export function quoted(value: string): string {
  const bare = /^[^\s\u200b\u2060{}"'“”„«»]+$/.test(value);
  return bare ? value : `"${value.replace(/["\\]/g, "\\$&")}"`;
}

function endsHere(text: string, at: number): boolean {
  const next = text[at];
  return next === undefined || next === "}" || /[\s\u200b\u2060]/.test(next);
}
