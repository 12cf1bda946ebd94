import type { z } from "zod";
import { closestNames } from "../../base/closest.ts";
import { oneOf } from "../../base/one-of.ts";
import { browserSpecSchema, VOLATILE } from "../../model/browser-spec.ts";

/** One mistake in words, and the path of what it is about. */
export interface IssueReason {
  readonly path: readonly PropertyKey[];
  readonly reason: string;
  readonly remedy: string;
  readonly unknownKey: boolean;
}

const SPOT_KEYS = ["field", "row", "button", "component", "selector", "label"];
const EXPECT_KEYS = [
  "row",
  "rows",
  "count",
  "field",
  "is",
  "component",
  "text",
  "api",
  "path",
  "where",
  "equals",
  "min",
  "max",
];

/** The keys that exist below each key of the body. */
const KEYS_BELOW: Readonly<Record<string, readonly string[]>> = {
  "": Object.keys(browserSpecSchema.shape),
  expect: EXPECT_KEYS,
  highlight: SPOT_KEYS,
  mask: [...SPOT_KEYS, "column", "text"],
  freeze: [...SPOT_KEYS, "column", "text"],
  steps: ["click", "type", "into", "wait"],
  crop: ["selector"],
  viewport: ["width", "height"],
};

const FORMS: Readonly<Record<string, string>> = {
  expect:
    "Formes d’une attente : { row: {…} }, { rows: {…}, count: n }, { field: nom, is: valeur }, { component: requête, is: valeur }, { text: motif } ou { api: /chemin, path: …, count | equals | min | max }.",
  highlight: "Un endroit se désigne par field, row, button, component ou selector, avec label au besoin.",
  mask: "Ce qui est masqué se désigne par field, row, button, component, selector, column ou { text: motif }.",
  freeze: `Ce qui est figé est ${VOLATILE.join(", ")}, ou se désigne par field, row, component, selector, column ou { text: motif }.`,
  steps: "Une étape est { click: … }, { type: texte, into: champ } ou { wait: … }.",
  crop: "Écrire page, content, window ou { selector: … }.",
};

const TYPES: Readonly<Record<string, string>> = {
  string: "un texte",
  number: "un nombre",
  int: "un nombre entier",
  boolean: "true ou false",
  array: "une liste",
  object: "des clés et des valeurs",
  record: "des clés et des valeurs",
};

/** Says in French what the schema's library found. Of the forms that a value might have had, the nearest one speaks. */
export function issueReasons(issue: z.core.$ZodIssue, above: readonly PropertyKey[] = []): readonly IssueReason[] {
  const path = [...above, ...issue.path];
  const top = String(path[0] ?? "");
  const name = path.filter((part) => typeof part === "string").join(".");
  const here = name === "" ? "le bloc" : `« ${name} »`;
  const say = (reason: string, remedy: string): IssueReason[] => [{ path, reason, remedy, unknownKey: false }];
  const forms = FORMS[top] ?? "Voir docs/kinds/browser.md.";
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(path, key));
    case "invalid_union": {
      const strangers = issue.errors.map((form) => new Set(form.flatMap(unknownKeys)));
      const refused = [...(strangers[0] ?? [])].filter((key) => strangers.every((keys) => keys.has(key)));
      // A key that no form knows says more than all that the forms miss.
      if (refused.length > 0) return refused.map((key) => unknownKey(path, key));
      const nearest = issue.errors.toSorted((a, b) => strangeness(a) - strangeness(b))[0];
      if (nearest === undefined || nearest.every(({ path: below }) => below.length === 0)) {
        return say(`${here} n’a aucune des formes attendues`, forms);
      }
      return nearest.flatMap((each) => issueReasons(each, path));
    }
    case "invalid_type":
      return say(`${here} : ${TYPES[issue.expected] ?? issue.expected} attendu`, forms);
    case "invalid_value":
      return say(`${here} : valeur inconnue`, `Valeurs admises : ${issue.values.map(String).join(", ")}.`);
    case "too_small":
      return say(`${here} est trop petit`, `Donner au moins ${issue.minimum}.`);
    case "too_big":
      return say(`${here} est trop grand`, `Donner au plus ${issue.maximum}.`);
    case "custom":
      return say(issue.message, "Garder l’un des deux et retirer l’autre, ou ajouter celui qui manque.");
    default:
      return say(`${here} n’est pas de la forme attendue`, forms);
  }
}

function unknownKey(path: readonly PropertyKey[], key: string): IssueReason {
  const known = KEYS_BELOW[String(path[0] ?? "")] ?? [];
  const close = closestNames(key, known);
  const remedy = close.length > 0 ? `Écrire ${oneOf(close)}.` : `Clés connues : ${known.join(", ")}.`;
  return { path: [...path, key], reason: `clé inconnue « ${key} »`, remedy, unknownKey: true };
}

function unknownKeys(issue: z.core.$ZodIssue): readonly string[] {
  return issue.code === "unrecognized_keys" && issue.path.length === 0 ? issue.keys : [];
}

/** How far a form is from what was written: a key it does not know weighs more than one it misses. */
function strangeness(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? 3 * issue.keys.length : 1), 0);
}
