import { findSecrets, secretValues } from "../runbook/index.ts";
import { isBlank, type SourceLine } from "./source-line.ts";

/** What stands where a secret stood. */
export const MASK = "••••••••";

/** A place where a secret stood; its value is known to nobody outside this file. */
export interface SecretTaken {
  readonly line: number;
  readonly what: string;
}

const KEY_BEGINS = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/;
const KEY_ENDS = /-----END (?:[A-Z0-9]+ )*PRIVATE KEY-----/;
/** A label whose value stands alone on the next line. */
const LABEL = /(?:mots? de passe|pass(?:word|phrase)|mdp)[^:=\n]{0,60}[:=][\s\u00a0]*$/iu;
const LONE_VALUE = /^\s*[-–•*]?\s*[«"'“(`]*\s*([^\s«»"'“”()`]{4,})\s*[»"'”)`]*\s*$/u;
/** A value this short would hit words of the prose. */
const SHORTEST_EVERYWHERE = 5;

/** The lines with every secret covered, also where its value comes again without a word about it. */
export function withoutSecrets(lines: readonly SourceLine[]): {
  readonly lines: readonly SourceLine[];
  readonly secrets: readonly SecretTaken[];
} {
  const secrets: SecretTaken[] = [];
  const values = new Set<string>();
  const keyless = withoutKeys(lines, secrets);
  keyless.forEach((line, index) => {
    const given = secretValues(line.text);
    for (const value of given) values.add(value);
    if (given.length > 0) for (const { what } of findSecrets(line.text)) secrets.push({ line: line.number, what });
    const next = keyless.slice(index + 1).find(({ text }) => !isBlank(text));
    const lone = LABEL.test(line.text) && next !== undefined ? LONE_VALUE.exec(next.text)?.[1] : undefined;
    if (lone === undefined || next === undefined || /^(?:celui|celle|voir|cf|\[)/i.test(lone)) return;
    values.add(lone);
    secrets.push({ line: next.number, what: "Un mot de passe est écrit en clair" });
  });
  const longestFirst = [...values].sort((a, b) => b.length - a.length);
  const covered = keyless.map((line) => ({ ...line, text: cover(line, longestFirst, secrets) }));
  return { lines: covered, secrets: secrets.sort((a, b) => a.line - b.line) };
}

function cover(line: SourceLine, values: readonly string[], secrets: SecretTaken[]): string {
  let text = line.text;
  for (const value of values) {
    const known = secrets.some((secret) => secret.line === line.number);
    if (!known && value.length < SHORTEST_EVERYWHERE) continue;
    const word = new RegExp(`(?<![\\p{L}\\p{N}])${escaped(value)}(?![\\p{L}\\p{N}])`, "gu");
    const next = text.replace(word, MASK);
    if (next !== text && !known)
      secrets.push({ line: line.number, what: "La valeur d’un secret est écrite à nouveau" });
    text = next;
  }
  return text;
}

/** A private key is all its lines. */
function withoutKeys(lines: readonly SourceLine[], secrets: SecretTaken[]): readonly SourceLine[] {
  let inside = false;
  return lines.flatMap((line) => {
    const begins = !inside && KEY_BEGINS.test(line.text);
    if (begins) secrets.push({ line: line.number, what: "Une clé privée est écrite en clair" });
    const dropped = inside;
    inside = (inside || begins) && !KEY_ENDS.test(line.text);
    if (begins) return [{ ...line, text: `(clé privée retirée : ${MASK})` }];
    return dropped ? [] : [line];
  });
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
