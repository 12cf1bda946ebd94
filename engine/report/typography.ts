import type { Language } from "../model/report.ts";

/** `prose` may replace an ellipsis; in a `title` only spaces, quotes and apostrophes change. */
export type TextKind = "prose" | "title";

/** A piece of running text; `opaque` pieces (inline code) are neighbours that never change. */
export interface Run {
  readonly text: string;
  readonly opaque: boolean;
}

const NBSP = "\u00a0";
const THIN = "\u202f";
/** Stands for a letter of an opaque piece while the rules look at their neighbours. */
const OPAQUE = "\ufffc";

/** Sets one text in the typography of its language. */
export function typeset(text: string, language: Language, kind: TextKind = "prose"): string {
  return typesetRuns([{ text, opaque: false }], language, kind)[0] ?? "";
}

/** Sets the pieces of one paragraph, so that a rule sees across emphasis and code. Gives one text per piece. */
export function typesetRuns(runs: readonly Run[], language: Language, kind: TextKind): readonly string[] {
  const source = runs.map((run) => (run.opaque ? OPAQUE.repeat(run.text.length) : run.text)).join("");
  const edits = new Edits(source, protectedRanges(source));
  for (const rule of language === "fr" ? FRENCH : ENGLISH) {
    if (rule.kind === undefined || rule.kind === kind) rule.apply(source, edits);
  }
  let start = 0;
  return runs.map((run) => {
    const from = start;
    start += run.text.length;
    return run.opaque ? run.text : edits.between(from, start);
  });
}

/** What looks like an address, a path, a hash, a time or a name of a machine keeps its letters. */
const PROTECTED = [
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s«»"]+/giu,
  /(?<![\p{L}\p{N}])~?\/[\p{L}\p{N}_.~-]+(?:\/[\p{L}\p{N}_.~*:-]+)*\/?/gu,
  /\b(?:SHA256|sha256):[A-Za-z0-9+/=]+/gu,
  /\b[0-9a-f]{2}(?::[0-9a-f]{2}){2,}\b/giu,
  /\b[\p{L}\p{N}_.-]+:\d+(?::\d+)*\b/gu,
  /\b[\p{L}\p{N}_.+-]+@[\p{L}\p{N}_.-]+/gu,
];

type Range = readonly [from: number, to: number];

function protectedRanges(source: string): readonly Range[] {
  return PROTECTED.flatMap((pattern) =>
    [...source.matchAll(pattern)].map((match): Range => [match.index, match.index + match[0].length]),
  );
}

/** Replacements that never overlap: the first rule that touches a place has it. */
class Edits {
  readonly #source: string;
  readonly #guarded: readonly Range[];
  readonly #edits: { readonly from: number; readonly to: number; readonly text: string }[] = [];

  constructor(source: string, guarded: readonly Range[]) {
    this.#source = source;
    this.#guarded = guarded;
  }

  /** True when the place was free. */
  put(from: number, to: number, text: string): boolean {
    const meets = ([start, end]: Range) => (from === to ? start < from && from < end : from < end && start < to);
    if (this.#source.slice(from, to).includes(OPAQUE)) return false;
    if (this.#guarded.some(meets)) return false;
    if (this.#edits.some((edit) => meets([edit.from, edit.to]) || (edit.from === from && edit.to === to))) return false;
    this.#edits.push({ from, to, text });
    return true;
  }

  free(from: number, to: number): boolean {
    return !this.#guarded.some(([start, end]) => from < end && start < to);
  }

  /** The text of one piece. What an edit took over a border between two pieces stands in the first. */
  between(from: number, to: number): string {
    const sorted = this.#edits.toSorted((a, b) => a.from - b.from);
    let text = "";
    let at = Math.max(from, ...sorted.filter((edit) => edit.from < from).map((edit) => edit.to));
    for (const edit of sorted.filter((edit) => edit.from >= from && edit.from < to)) {
      text += this.#source.slice(at, edit.from) + edit.text;
      at = edit.to;
    }
    return text + this.#source.slice(Math.min(at, to), to);
  }
}

interface Rule {
  readonly kind?: TextKind;
  apply(source: string, edits: Edits): void;
}

/** Replaces the whole match; patterns use look-around for what must stay. */
function replace(pattern: RegExp, text: string | ((match: RegExpExecArray) => string), kind?: TextKind): Rule {
  return {
    ...(kind === undefined ? {} : { kind }),
    apply: (source, edits) => {
      for (const match of source.matchAll(pattern)) {
        edits.put(match.index, match.index + match[0].length, typeof text === "string" ? text : text(match));
      }
    },
  };
}

function quotes(open: string, close: string): Rule {
  const pair = new RegExp(
    `(?<![\\p{L}\\p{N}${OPAQUE}"])"[ \\t]*(?=[^"\\s])([^"]*?[^"\\s])[ \\t]*"(?![\\p{L}\\p{N}"])`,
    "gu",
  );
  return {
    apply: (source, edits) => {
      for (const match of source.matchAll(pair)) {
        const inner = match.index + match[0].indexOf(match[1] ?? "", 1);
        const innerEnd = inner + (match[1] ?? "").length;
        const end = match.index + match[0].length;
        if (!edits.free(match.index, inner) || !edits.free(innerEnd, end)) continue;
        edits.put(match.index, inner, open);
        edits.put(innerEnd, end, close);
      }
    },
  };
}

const WORD = `\\p{L}\\p{N}${OPAQUE}`;
const SPACE = `[ \\t${NBSP}${THIN}]`;
const APOSTROPHE = replace(new RegExp(`(?<=[${WORD}])'(?=[${WORD}«“"])`, "gu"), "’");
const ELLIPSIS = replace(/(?<!\.)\.{3}(?!\.)/gu, "…", "prose");
const UNITS =
  "%|‰|°C|€|o|Ko|Mo|Go|To|Po|Kio|Mio|Gio|Tio|kb|Mb|Gb|[kMG]bit|[kMG]o/s|[kMG]b/s|[kMG]bit/s|[KMGT]io/s|ms|µs|ns|s|min|h|j|Hz|kHz|MHz|GHz|W|kW|V|A|mm|cm|m|km|px|pt|vCPU";
const NAMES =
  "[Ff]igures?|[Tt]ableaux?|[Cc]hapitres?|[Ss]ections?|[Aa]nnexes?|[Bb]locs?|[Éé]tapes?|[Pp]ages?|[Ll]ignes?|[Nn]iveaux?|[Vv]ersions?";

const FRENCH: readonly Rule[] = [
  quotes(`«${NBSP}`, `${NBSP}»`),
  replace(new RegExp(`«${SPACE}*(?=\\S)`, "gu"), `«${NBSP}`),
  replace(new RegExp(`(?<=\\S)${SPACE}*»`, "gu"), `${NBSP}»`),
  APOSTROPHE,
  ELLIPSIS,
  // A mark is French punctuation only at the end of a word: `?page=1` and `!important` are not.
  replace(
    new RegExp(`(?<=[${WORD}»)\\]…%€”’"])${SPACE}*([;!?])(?=[;!?]*(?:[\\s»)\\]”"]|$))`, "gu"),
    ([, mark]) => `${THIN}${mark}`,
  ),
  replace(new RegExp(`(?<=[${WORD}»)\\]%€”’"])${SPACE}*:(?=\\s|$)`, "gu"), `${NBSP}:`),
  replace(new RegExp(`(?<![${WORD}.,])\\d{1,3}(?:[ ${NBSP}]\\d{3})+(?![${WORD}])`, "gu"), ([number]) =>
    number.replace(/[ \u00a0]/g, THIN),
  ),
  replace(new RegExp(`(?<=\\d)[ ](?=(?:${UNITS})(?![${WORD}]))`, "gu"), NBSP),
  replace(/(?<=\d[ \u00a0](?:h|min))[ ](?=\d{1,2}(?!\d))/gu, NBSP),
  replace(new RegExp(`(?<=(?<![${WORD}])(?:${NAMES}))[ ](?=\\d)`, "gu"), NBSP),
  replace(/(?<=(?<![\p{L}\p{N}])(?:[Aa]nnexe))[ ](?=[A-Z](?![\p{L}]))/gu, NBSP),
  replace(/(?<=(?<![\p{L}\p{N}])(?:pp?\.|[nN]°|art\.|vol\.))[ ](?=\d)/gu, NBSP),
];

const ENGLISH: readonly Rule[] = [
  quotes("“", "”"),
  APOSTROPHE,
  ELLIPSIS,
  replace(/(?<=(?<![\p{L}\p{N}])(?:[Ff]igures?|[Tt]ables?|[Cc]hapters?|[Ss]ections?|p\.))[ ](?=\d)/gu, NBSP),
];
