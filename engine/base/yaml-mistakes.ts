import type { ErrorCode } from "yaml";
import { yamlOpening } from "./yaml-opening.ts";

/** An error as the YAML library gives it. */
interface Found {
  readonly code: ErrorCode;
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** A mistake in a YAML text: where it was noticed, what is wrong there (no capital, no full stop), and what to write (a sentence). */
export interface YamlMistake {
  readonly offset: number;
  readonly reason: string;
  readonly remedy: string;
}

type Words = Omit<YamlMistake, "offset">;

const INDENT: Words = {
  reason: "cette ligne n’a pas le retrait de ses voisines",
  remedy: "Alignez les clés d’un même niveau sur la même colonne, avec des espaces.",
};
const QUOTE: Words = {
  reason: "cette valeur ne peut pas s’écrire sans guillemets",
  remedy: 'Mettez la valeur entre guillemets : clé: "…".',
};
const PLAIN: Words = {
  reason: "ce texte n’est pas du YAML valide ici",
  remedy: "Écrivez clé: valeur, une par ligne, ou { clé: valeur, … }.",
};
const ADVANCED: Words = {
  reason: "cette construction YAML (ancre, étiquette, directive) n’est pas admise",
  remedy: "Écrivez la valeur en toutes lettres.",
};
const NO_COLON: Words = {
  reason: "cette clé n’est pas suivie de deux-points et d’une espace",
  remedy: "Écrivez clé: valeur, avec une espace après les deux-points.",
};

const WORDS: Partial<Readonly<Record<ErrorCode, Words>>> = {
  BAD_INDENT: INDENT,
  BAD_COLLECTION_TYPE: ADVANCED,
  TAB_AS_INDENT: {
    reason: "une tabulation sert de retrait",
    remedy: "Remplacez la tabulation par des espaces : YAML ne l’admet pas.",
  },
  MULTILINE_IMPLICIT_KEY: NO_COLON,
  DUPLICATE_KEY: { reason: "cette clé est écrite deux fois", remedy: "Gardez-en une seule." },
  BAD_SCALAR_START: QUOTE,
  BAD_DQ_ESCAPE: {
    reason: "cette barre oblique inverse n’est pas admise entre guillemets doubles",
    remedy: "Doublez-la (\\\\), ou employez des guillemets simples.",
  },
  BAD_ALIAS: QUOTE,
  NON_STRING_KEY: { reason: "une clé doit être un texte simple", remedy: PLAIN.remedy },
  MULTIPLE_DOCS: { reason: "plusieurs documents YAML se suivent", remedy: "Retirez la ligne « --- » ou « ... »." },
  MULTIPLE_ANCHORS: ADVANCED,
  TAG_RESOLVE_FAILED: ADVANCED,
  BAD_DIRECTIVE: ADVANCED,
};

/**
 * What the YAML library found wrong in a text, in French and in the author's terms. After the first mistake the reader has lost its footing,
 * and what it says next helps nobody; keys written twice it survives, so each of them is told.
 */
export function yamlMistakes(found: readonly Found[], text: string): readonly YamlMistake[] {
  const ordered = found.toSorted((one, other) => one.pos[0] - other.pos[0]);
  const first = ordered.findIndex(({ code }) => code !== "DUPLICATE_KEY");
  return ordered.slice(0, first < 0 ? undefined : first + 1).map((each) => ({
    offset: placeOf(each, text),
    ...(referenceIn(text, each) ?? wordsFor(each, text)),
  }));
}

const UNCLOSED = /must (?:be sufficiently indented and )?end with|closing ["']quote/;

/** Where an author would put the cursor: what is never closed is noticed a line too late, what is too far in a line too early. */
function placeOf({ code, message, pos: [from] }: Found, text: string): number {
  if (UNCLOSED.test(message)) return text.slice(0, from).trimEnd().length;
  if (code === "BLOCK_AS_IMPLICIT_KEY" && nested(text, from) === INDENT) {
    const [lead = ""] = /^[^\n]*\n\s*/.exec(text.slice(from)) ?? [];
    return from + lead.length;
  }
  return Math.min(from, text.trimEnd().length);
}

function wordsFor({ code, message, pos: [from, to] }: Found, text: string): Words {
  if (UNCLOSED.test(message)) return unclosed(text);
  if (message.startsWith("Missing ,")) return noComma(text.slice(from));
  if (message.startsWith("Comments must")) {
    return {
      reason: "un « # » touche ce qui le précède",
      remedy: "Mettez une espace devant, ou le texte entre guillemets.",
    };
  }
  const [, closer] = /flow-(?:map|seq)-end token in YAML stream: "(.)"/.exec(message) ?? [];
  if (closer !== undefined) {
    const remedy = "Retirez ce signe, ou mettez le texte entre guillemets s’il en fait partie.";
    return { reason: `« ${closer} » est de trop : rien d’ouvert ne lui répond`, remedy };
  }
  if (message.endsWith("at node end")) {
    return insideFlow(text, from) ? noComma(text.slice(from)) : afterValue(text.slice(from));
  }
  if (message.startsWith("Implicit map keys need")) return NO_COLON;
  if (code === "BLOCK_AS_IMPLICIT_KEY") return nested(text, from);
  if (code === "MULTILINE_IMPLICIT_KEY" && /^-(?:\s|$)/.test(text.slice(from, to))) return INDENT;
  return WORDS[code] ?? PLAIN;
}

/** `{{name}}` without quotes is a map in YAML, and what it does to the rest of the line is seldom what was meant. */
function referenceIn(text: string, { code, pos: [from] }: Found): Words | undefined {
  if (code === "DUPLICATE_KEY") return undefined;
  const line = text.slice(text.lastIndexOf("\n", from - 1) + 1).split("\n", 1)[0] ?? "";
  const [, before = "", reference] = /^(.*?)(\{\{\s*[\p{L}\p{N}_.-]+\s*\}\})/u.exec(line) ?? [];
  if (reference === undefined || /["'][^"']*$/.test(before)) return undefined;
  return {
    reason: `${reference} sans guillemets est une accolade pour YAML`,
    remedy: `Mettez la valeur entre guillemets : "${reference}".`,
  };
}

function unclosed(text: string): Words {
  const opening = yamlOpening(text);
  if (opening === undefined) return INDENT;
  const { opens, closes, offset } = opening;
  const what = opens === "{" ? "l’accolade ouverte" : opens === "[" ? "le crochet ouvert" : "le guillemet ouvert";
  const e = opens === "{" ? "e" : "";
  return {
    reason: `${what} par « ${brief(text.slice(offset))} » n’est jamais fermé${e}`,
    remedy: `Ajoutez « ${closes} » là où ${opens === "{" || opens === "[" ? "la liste" : "le texte"} finit.`,
  };
}

function noComma(rest: string): Words {
  return {
    reason: `il manque une virgule avant « ${brief(rest)} »`,
    remedy: "Séparez par des virgules ce qui se suit entre accolades ou crochets.",
  };
}

function afterValue(rest: string): Words {
  return {
    reason: `« ${brief(rest)} » suit une valeur déjà terminée`,
    remedy: "Mettez toute la valeur entre guillemets, ou passez à la ligne.",
  };
}

/** Two keys on one line, or a key that is further in than the one above it though that one has its value. */
function nested(text: string, from: number): Words {
  const line = text.slice(from).split("\n", 1)[0] ?? "";
  if (!/:(?:\s|$)/.test(line)) return INDENT;
  return {
    reason: "deux clés se suivent sur la même ligne",
    remedy: "Passez à la ligne, ou mettez la valeur entre guillemets si elle contient « : ».",
  };
}

/** Whether a place is between braces or brackets, as far as signs outside quotes tell. */
function insideFlow(text: string, at: number): boolean {
  const bare = text.slice(0, at).replace(/"(?:\\.|[^"\\])*"|'[^']*'/gs, "");
  const count = (pattern: RegExp) => bare.match(pattern)?.length ?? 0;
  return count(/[{[]/g) > count(/[}\]]/g);
}

function brief(text: string): string {
  const line = (text.split("\n", 1)[0] ?? "").trim();
  return line.length <= 30 ? line : `${line.slice(0, 29)}…`;
}
