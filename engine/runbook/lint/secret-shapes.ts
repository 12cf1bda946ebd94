/** Where something stands on a line that looks like a key whatever its name is; `index` counts from 0. */
export interface ShapeFound {
  readonly index: number;
  readonly what: string;
  /** For whoever takes it out; never shown. */
  readonly value: string;
}

/** Keys that their makers gave a mark of their own. */
const MARKED: readonly (readonly [RegExp, string])[] = [
  [/\bgh[opusr]_[A-Za-z0-9]{36,}\b/g, "Un jeton de GitHub est écrit en clair"],
  [/\bgithub_pat_\w{40,}/g, "Un jeton de GitHub est écrit en clair"],
  [/\bglpat-[\w-]{20,}/g, "Un jeton de GitLab est écrit en clair"],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, "Une clé d’AWS est écrite en clair"],
  [/\bxox[abeprs]-[A-Za-z0-9-]{10,}/g, "Un jeton de Slack est écrit en clair"],
  [/\bnpm_[A-Za-z0-9]{36}\b/g, "Un jeton de npm est écrit en clair"],
  [/\bhvs\.[\w-]{24,}/g, "Un jeton de Vault est écrit en clair"],
  [/\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g, "Un jeton JWT est écrit en clair"],
  [/\bAGE-SECRET-KEY-1[A-Z0-9]{50,}/g, "Une clé privée est écrite en clair"],
  [/\bPVE(?:MAIL)?:[\w.+@-]+:[0-9A-F]{8}::[A-Za-z0-9+/=]{40,}/g, "Un ticket de session Proxmox est écrit en clair"],
];

/** What stands alone, long as a key and short of a file. */
const CANDIDATE = /(?<![\w+/=.-])[A-Za-z0-9+_-]{24,128}={0,2}(?![\w+/=-])/g;

/** Keys by their mark, and words of letters and digits so mixed that nobody made them up; digests, fingerprints and public keys are no secrets. */
export function findShapes(line: string): readonly ShapeFound[] {
  const marked = MARKED.flatMap(([pattern, what]) =>
    [...line.matchAll(pattern)].map(({ 0: value, index }) => ({ index, what, value })),
  );
  const random = [...line.matchAll(CANDIDATE)]
    .filter(({ 0: word, index }) => isRandom(word) && !isPublic(word, line.slice(0, index)))
    .map(({ 0: value, index }) => ({
      index,
      value,
      what: "Un texte qui ressemble à une clé ou à un mot de passe est écrit en clair",
    }));
  return [...marked, ...random.filter(({ index }) => !marked.some((each) => each.index === index))];
}

/** Public keys begin with the length of their kind's name; digests say what they are. */
function isPublic(word: string, before: string): boolean {
  return word.startsWith("AAAA") || /(?:SHA(?:-?\d+)?|sha\d+)[:=-]$/.test(before);
}

/** Small and capital letters and digits, changing all the time, none of them often. */
function isRandom(word: string): boolean {
  const kinds = [...word].map((letter) =>
    /[a-z]/.test(letter) ? "a" : /[A-Z]/.test(letter) ? "A" : /\d/.test(letter) ? "1" : "-",
  );
  const count = (kind: string) => kinds.filter((each) => each === kind).length;
  if (["a", "A", "1"].some((kind) => count(kind) < 3)) return false;
  const changes = kinds.filter((kind, at) => at > 0 && kind !== kinds[at - 1]).length;
  return changes >= word.length / 3 && entropyOf(word) >= 3.9;
}

/** Bits a letter. */
function entropyOf(word: string): number {
  const counts = Map.groupBy(word, (letter) => letter).values();
  return [...counts].reduce((sum, { length }) => sum - (length / word.length) * Math.log2(length / word.length), 0);
}
