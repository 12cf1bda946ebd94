import type { z } from "zod";
import { closest } from "../base/closest.ts";
import { SETTING_KEYS } from "../model/report-settings.ts";
import type { SettingsMistake, YamlPath } from "./yaml-file.ts";

/** What each value must be, and how to write it. */
const EXPECTED: Readonly<Record<string, string>> = {
  titre: "titre: Mise en place d’un cluster",
  version: 'version: "1.0"',
  langue: "langue: fr",
  auteurs: "auteurs: [Équipe infrastructure]",
  diffusion: "diffusion: [Direction technique]",
  cartouche: "cartouche: une liste de { role, nom, fonction, date }",
  role: "role: Rédaction",
  versions: "versions: une liste de { version, date, auteur, objet }",
  documents: "documents: [Charte de nommage v3]",
  glossaire: "glossaire: { PRA: plan de reprise d’activité }",
  ecarts: "ecarts: une liste de { sur, gravite, impact, action, responsable, echeance }",
  sur: 'sur: "#statut"',
  gravite: "gravite: majeure",
  date: "date: 2026-11-22",
  objet: "objet: Première diffusion",
  horodatage: "horodatage: https://horodatage.example/tsr",
  chapitres: "chapitres: [1, 2, 3]",
  exigences: "exigences: { SEC-12: Les comptes sont nominatifs }",
  derogations: "derogations: derogations.yaml, ou une liste de { id, bloc, motif, auteur, echeance }",
  id: "id: DER-01",
  motif: "motif: pièce de rechange commandée",
  auteur: "auteur: A. Martin",
  echeance: "echeance: 2027-03-31",
};

export interface ExplainedIssue extends SettingsMistake {
  readonly path: YamlPath;
  readonly at: "value" | "key";
}

/** An issue of the schema in the author's words, at the value or key that is wrong. */
export function explainIssue(issue: z.core.$ZodIssue, data: unknown): readonly ExplainedIssue[] {
  const { path } = issue;
  if (issue.code === "unrecognized_keys") {
    const keys = SETTING_KEYS[listOf(path, data)];
    return issue.keys.map((key) => ({
      path: [...path, key],
      at: "key",
      rule: "unknown-key",
      reason: `Clé inconnue « ${key} ».`,
      remedy: suggested(key, keys),
    }));
  }
  // Of the two ways to write waivers, the author wrote the list when a part of a list is wrong.
  if (issue.code === "invalid_union") {
    const inner = issue.errors.filter((each) => each.some((one) => one.path.length > 0)).flat();
    if (inner.length > 0)
      return inner.flatMap((one) => explainIssue({ ...one, path: [...path, ...one.path] } as z.core.$ZodIssue, []));
  }
  const key = String(path.findLast((part) => typeof part === "string") ?? "");
  const missing = issue.code === "invalid_type" && valueAt(data, path) === undefined && path.length > 0;
  const example = EXPECTED[key];
  return [
    {
      path,
      at: issue.code === "invalid_key" ? "key" : "value",
      rule: missing ? "missing-key" : "bad-value",
      reason:
        path.length === 0
          ? `Ce fichier est refusé : ${wordsOf(issue)}.`
          : missing
            ? `Il manque la clé « ${key} ».`
            : `Valeur de « ${key} » refusée : ${wordsOf(issue)}.`,
      remedy:
        example === undefined
          ? "Corrigez cette valeur ; docs/rapport-pdf.md et docs/derogations.md en donnent des exemples."
          : `Écrivez ${example}.`,
    },
  ];
}

/** The list whose entry a path is in; a file of its own holds waivers alone. */
function listOf(path: YamlPath, data: unknown): keyof typeof SETTING_KEYS {
  const [list] = path;
  if (list === "cartouche" || list === "versions" || list === "ecarts") return list;
  return path.length === 0 && !Array.isArray(data) ? "" : "derogations";
}

function wordsOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `${TYPES[issue.expected] ?? issue.expected} attendu`;
    case "invalid_key":
      return issue.issues[0]?.message ?? "nom refusé";
    case "invalid_value":
      return `une de ces valeurs est attendue : ${issue.values.join(", ")}`;
    case "invalid_union":
      return "cette forme n’est pas comprise";
    default:
      return issue.message;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: "texte",
  array: "liste",
  object: "ensemble de clés",
  record: "ensemble de clés",
  number: "nombre",
  int: "nombre entier",
};

function suggested(key: string, keys: readonly string[]): string {
  const near = closest(key, keys);
  return near === undefined ? `Clés connues : ${keys.join(", ")}.` : `Vouliez-vous dire « ${near} » ?`;
}

function valueAt(data: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    data,
  );
}
