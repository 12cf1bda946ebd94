import { findShapes } from "./secret-shapes.ts";

/** Something on a line that looks like a secret; columns count from 1. */
export interface SecretFound {
  readonly column: number;
  readonly what: string;
}

interface Pattern {
  /** Its group `value` is what must not be there. */
  readonly pattern: RegExp;
  readonly what: string;
  /** Words of a sentence look like values: these need more than letters. */
  readonly prose?: boolean;
}

const NAME =
  "(?:pass(?:word|wd|phrase)?|mot[_-]de[_-]passe|pwd|mdp|secret|token|api[_-]?key|private[_-]?key|credentials?)";
const VALUE = "(?:\"(?<double>[^\"]*)\"|'(?<single>[^']*)'|(?<value>[^\\s\"'`;|&,)}\\]]+))";

const PATTERNS: readonly Pattern[] = [
  { pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/g, what: "Une clé privée est écrite en clair" },
  {
    pattern: /\bPVE(?:API|MAIL)Token[= ]\S+?[=:](?<value>[^\s"'`]+)/g,
    what: "Un jeton d’API Proxmox est écrit en clair",
  },
  { pattern: /\bPVEAuthCookie[=:]\s*(?<value>[^\s"';]+)/g, what: "Un ticket de session Proxmox est écrit en clair" },
  {
    pattern: /\bauthorization\s*[:=]\s*["']?(?:bearer|basic|digest|token)\s+(?<value>[^\s"']+)/gi,
    what: "Un en-tête d’autorisation est écrit en clair",
  },
  {
    pattern: /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@"'`<>]*:(?<value>[^\s/@"'`]+)@/gi,
    what: "Un mot de passe est écrit en clair dans une adresse",
  },
  {
    pattern: new RegExp(`(?<![\\w-])--?[a-z-]{0,40}${NAME}[=\\s]\\s*${VALUE}`, "gi"),
    what: "Un mot de passe ou un jeton est écrit en clair",
  },
  {
    pattern: new RegExp(`(?<![-\\w])[\\w.-]{0,40}?${NAME}\\d*["']?\\s*=(?![=~])\\s*${VALUE}`, "gi"),
    what: "Un mot de passe ou un jeton est écrit en clair",
  },
  // `secret: nom` in `answers` is a reference, so a colon counts for the other words only.
  {
    pattern: new RegExp(`(?<![-\\w])[\\w.-]{0,40}?${NAME.replace("secret|", "")}["']?\\s*:\\s+${VALUE}`, "gi"),
    what: "Un mot de passe ou un jeton est écrit en clair",
    prose: true,
  },
  { pattern: /\bsshpass\s+-p\s*["']?(?<value>[^\s"']+)/g, what: "Un mot de passe est écrit en clair" },
  {
    pattern: /\b(?:curl|wget)\b.*?\s(?:-u|--user)[=\s]?\s*["']?[^\s:"']+:(?<value>[^\s"']+)/g,
    what: "Un mot de passe est écrit en clair",
  },
  {
    pattern: /\becho\s+["']?[\w.-]+:(?<value>[^\s"'|]+)["']?\s*\|\s*(?:sudo\s+)?chpasswd\b/g,
    what: "Un mot de passe est écrit en clair",
  },
  {
    pattern: /\becho\s+(?:-\w+\s+)?["']?(?<value>[^\s"'|]+)["']?\s*\|\s*(?:sudo\s+)?passwd\b/g,
    what: "Un mot de passe est écrit en clair",
  },
  {
    pattern:
      /mots? de passe[^:=\n(;,.!?"]{0,40}?[\s\u00a0\u202f]*[:=][\s\u00a0\u202f]*[«"'“`*_]*[\s\u00a0\u202f]*(?<value>[^\s»"'”`*_,;]+)/giu,
    what: "Un mot de passe est écrit en clair",
    prose: true,
  },
  {
    pattern:
      /mots? de passe[^(\n]{0,80}\([\s\u00a0]*(?:est|:|=)?[\s\u00a0]*[«"'“`*_]*(?<value>[^\s()»"'”`*_]+)[»"'”`*_]*[\s\u00a0]*\)/giu,
    what: "Un mot de passe est écrit en clair",
  },
  {
    pattern:
      /\([^()\n]*mots? de passe[\s\u00a0]+(?:est[\s\u00a0]+|:[\s\u00a0]*)?[«"'“`*_]*(?<value>[^\s()»"'”`*_,;]+)[»"'”`*_]*[\s\u00a0]*\)/giu,
    what: "Un mot de passe est écrit en clair",
  },
  {
    pattern:
      /mots? de passe(?:[\s\u00a0]+\S+){0,4}?[\s\u00a0]+est[\s\u00a0]+[«"'“`*_]*[\s\u00a0]*(?<value>[^\s»"'”`*_,;]+)/giu,
    what: "Un mot de passe est écrit en clair",
    prose: true,
  },
];

/** Where a line seems to give a secret away; references, masks and blanks to fill are no secrets. Never what it is. */
export function findSecrets(line: string): readonly SecretFound[] {
  return secretsOn(line).map(({ column, what }) => ({ column, what }));
}

/** The values themselves, for whoever covers them; they are shown to nobody. */
export function secretValues(line: string): readonly string[] {
  return secretsOn(line).flatMap(({ value }) => value ?? []);
}

type Found = SecretFound & { readonly value?: string };

function secretsOn(line: string): readonly Found[] {
  const found = new Map<number, Found>();
  const add = (index: number, length: number, one: Omit<Found, "column">) => {
    const first = [...found.keys()].some((other) => Math.abs(other - index) < length);
    if (!first) found.set(index, { column: index + 1, ...one });
  };
  if (NAMED.test(line)) {
    for (const { pattern, what, prose } of PATTERNS) {
      for (const match of line.matchAll(pattern)) {
        const { value, double, single } = match.groups ?? {};
        const secret = value ?? double ?? single;
        if (secret !== undefined && (isHarmless(secret) || (prose === true && isWord(secret, line, match)))) continue;
        add(match.index, match[0].length, { what, ...(secret !== undefined && { value: secret }) });
      }
    }
  }
  // What a name gave away already is not told twice.
  if (found.size === 0) for (const { index, ...shape } of findShapes(line)) add(index, 1, shape);
  return [...found.values()].sort((one, other) => one.column - other.column);
}

const NAMED = /pass|pwd|mdp|secret|token|key|credential|PVEA|mot[_-]de|authorization|:\/\/|curl|wget/i;
const REFERENCE = /^(?:[\s,}\]]|\$|\{\{|<|%|\*+$|•+$|x{3,}$|X{3,}$|…|\.{2,}|@|\\|\/)/;
const NO_VALUE =
  /^(?:true|false|null|none|yes|no|oui|non|\d{1,3}|-+|\[|\{|#.*|root|admin|optionnel|facultatif|obligatoire|requis|masqué|caché|vide|secret|password|demandé|inchangé|prompt|stdin)[.,;:!?)\]}]*$/i;

function isHarmless(value: string): boolean {
  // `PVEAPIToken=root@pam!ci={{secrets.jeton}}`: the value's own value is a reference.
  return value.length < 2 || REFERENCE.test(value) || NO_VALUE.test(value) || /=(?:\{\{|\$)/.test(value);
}

/** In a sentence, a word of plain letters with more words behind it, or with an accent, is no password. */
function isWord(value: string, line: string, match: RegExpMatchArray): boolean {
  const bare = value.replace(/[.!?:;)]+$/, "");
  if (!/^[\p{L}’'-]+$/u.test(bare)) return false;
  if (/[^\p{ASCII}]/u.test(bare.replace(/[’]/g, ""))) return true;
  const rest = line.slice((match.index ?? 0) + match[0].length);
  const quoted = /[«"'“`*_]\s*$/.test(match[0].slice(0, match[0].lastIndexOf(value)));
  return !quoted && /^[\s\u00a0]*[\p{L}’(]/u.test(rest);
}
