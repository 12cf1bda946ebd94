import type { z } from "zod";
import { suggest } from "./suggest.ts";

type Issue = z.core.$ZodIssue;

/** A schema's complaint in the author's language. */
export interface SettingIssue {
  readonly path: readonly (string | number)[];
  readonly reason: string;
  readonly remedy: string;
}

const TYPES: Readonly<Record<string, string>> = {
  string: "un texte",
  number: "un nombre",
  int: "un nombre entier",
  boolean: "true ou false",
  array: "une liste",
  object: "des clés { clé: valeur }",
  record: "des clés { clé: valeur }",
  null: "null",
};

const DURATIONS = ["timeout", "every", "within", "stable"];
const DURATION = "Donnez une durée avec son unité, par exemple 30s, 2m ou 1h30m.";

/** Translates one issue; of a union, the branch that went deepest speaks, and when none did, all shapes are named. */
export function describeIssue(issue: Issue): SettingIssue {
  const inner = deepest(issue);
  const path = inner.path.map((step) => (typeof step === "symbol" ? String(step) : step));
  const unknown = inner.code === "unrecognized_keys" ? inner.keys.slice(0, 1) : [];
  return { path: [...path, ...unknown], ...words(inner) };
}

function words(issue: Issue): { readonly reason: string; readonly remedy: string } {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) {
        return { reason: "valeur manquante", remedy: isDuration(issue) ? DURATION : `Donnez-lui ${typeName(issue)}.` };
      }
      return isDuration(issue) ? { reason: "durée attendue", remedy: DURATION } : expected([typeName(issue)]);
    case "invalid_union":
      return expected(shapes(issue));
    case "invalid_value":
      return {
        reason: "valeur non admise",
        remedy: suggest(
          String(issue.input ?? ""),
          issue.values.map(String),
          `Choisissez parmi : ${issue.values.join(", ")}.`,
        ),
      };
    case "unrecognized_keys":
      return {
        reason: "clé inconnue",
        remedy: "Retirez-la, ou corrigez son orthographe.",
      };
    case "too_small":
      return { reason: "valeur trop petite", remedy: `Le minimum est ${issue.minimum}.` };
    case "too_big":
      return { reason: "valeur trop grande", remedy: `Le maximum est ${issue.maximum}.` };
    case "invalid_key":
      return { reason: "nom de clé non admis", remedy: firstMessage(issue.issues) };
    case "invalid_element":
      return { reason: "élément non admis", remedy: firstMessage(issue.issues) };
    case "not_multiple_of":
      return { reason: "valeur non admise", remedy: `Donnez un multiple de ${issue.divisor}.` };
    // The model's own messages are French already.
    case "custom":
    case "invalid_format":
      return { reason: issue.message, remedy: "Corrigez la valeur dans ce format." };
  }
}

function isDuration(issue: Issue): boolean {
  return DURATIONS.includes(String(issue.path.at(-1)));
}

function expected(names: readonly string[]): { readonly reason: string; readonly remedy: string } {
  const list = [...new Set(names)].join(", ou ");
  return { reason: "valeur d’un type inattendu", remedy: `Donnez ${list === "" ? "une autre valeur" : list}.` };
}

function firstMessage(issues: readonly Issue[]): string {
  const first = issues[0];
  if (first === undefined) return "Corrigez-le.";
  const { reason, remedy } = words(first);
  return first.code === "custom" || first.code === "invalid_format" ? `Corrigez-le : ${reason}.` : remedy;
}

function typeName(issue: Issue & { readonly code: "invalid_type" }): string {
  return TYPES[issue.expected] ?? "une valeur d’un autre type";
}

function shapes(issue: Issue): readonly string[] {
  if (issue.code === "invalid_type") return [typeName(issue)];
  if (issue.code === "invalid_union") return issue.errors.flatMap((branch) => branch.flatMap(shapes));
  // The words true and false are the boolean again, for attributes.
  if (issue.code === "invalid_value" && issue.values.includes("true")) return ["true ou false"];
  if (issue.code === "invalid_value") return [`l’un de ces mots : ${issue.values.join(", ")}`];
  return [];
}

/** Follows unions down to the branch whose first complaint is about the value's content rather than its type. */
function deepest(issue: Issue): Issue {
  if (issue.code !== "invalid_union") return issue;
  const inner = issue.errors
    .flatMap((branch) => branch.slice(0, 1))
    .map((first) => deepest({ ...first, path: [...issue.path, ...first.path] } as Issue));
  const meaningful = inner.filter(
    (candidate) =>
      candidate.path.length > issue.path.length ||
      !["invalid_type", "invalid_value", "invalid_union"].includes(candidate.code),
  );
  const best = meaningful.sort((one, other) => rank(other) - rank(one))[0];
  return best ?? issue;
}

function rank(issue: Issue): number {
  return issue.path.length * 2 + (issue.code === "unrecognized_keys" ? 0 : 1);
}
