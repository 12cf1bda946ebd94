/** A regular expression as an author wrote it, and how a reader sees it. */
export interface RegexText {
  readonly source: string;
  readonly flags: string;
}

const SLASHED = /^\/(.+)\/([a-z]*)$/su;

/** French for V8's words; a message that is not in the list is given as it is. */
const MISTAKES: readonly (readonly [RegExp, string])[] = [
  [/Unterminated group/, "parenthèse jamais fermée"],
  [/Unmatched '\)'/, "parenthèse fermante de trop"],
  [/Unterminated character class/, "crochet jamais fermé"],
  [/Lone quantifier brackets|Incomplete quantifier/, "accolades de répétition mal formées"],
  [/Nothing to repeat/, "répétition sans rien à répéter"],
  [/numbers out of order/, "bornes de répétition dans le désordre"],
  [/Range out of order/, "intervalle de caractères dans le désordre"],
  [/Invalid group|Invalid capture group name|Duplicate capture group name/, "groupe mal formé"],
  [/\\ at end of pattern/, "barre oblique inverse en dernière position"],
  [/Invalid (?:unicode )?escape|Invalid property name|Invalid named reference/i, "échappement inconnu"],
  [/Invalid regular expression flags|Invalid flags/, "drapeaux inconnus ou incompatibles"],
];

/** Source and flags of a text written `/source/flags`; undefined for any other text, such as the path `/usr/bin`. */
export function readSlashed(text: string): RegexText | undefined {
  const [, source, flags] = SLASHED.exec(text) ?? [];
  if (source === undefined || flags === undefined || !/^[dgimsuvy]*$/.test(flags)) return undefined;
  return { source, flags };
}

/** Source and flags of a text that is a regular expression in any case, with or without its slashes. */
export function readRegex(text: string): RegexText {
  return readSlashed(text) ?? { source: text, flags: "" };
}

/** Why this is not a usable regular expression, in French; undefined when it is one. */
export function regexMistake({ source, flags }: RegexText): string | undefined {
  const useless = /[dgy]/.exec(flags)?.[0];
  if (useless !== undefined) return `le drapeau « ${useless} » est sans effet ici ; seuls i, m, s, u et v servent`;
  try {
    new RegExp(source, flags);
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const known = MISTAKES.find(([pattern]) => pattern.test(message))?.[1] ?? message.replace(/^.*:\s/s, "");
    return `expression régulière invalide /${source}/${flags} : ${known}`;
  }
}

/** The expression as a person would have written it: `RegExp.escape` turns `pve-1` into hexadecimal escapes. */
export function readableRegex({ source, flags }: RegexText): string {
  return `/${readableSource(source)}/${flags}`;
}

/** The same of its source alone. */
export function readableSource(source: string): string {
  // Every escape is stepped over, so that `\\x2d` stays a backslash before three letters.
  return source.replace(/\\(?:x([2-7][0-9a-f])|.)/gs, (whole, code: string | undefined) =>
    code === undefined ? whole : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
