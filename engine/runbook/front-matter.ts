import type { Root } from "mdast";
import { isJsonObject, type JsonObject } from "../base/json.ts";
import type { DeclaredVariable } from "../model/runbook.ts";
import type { RawSettings } from "../model/setting.ts";
import type { Report } from "./author-message.ts";
import { locate } from "./region.ts";
import { checkedSettings, rawSettings } from "./settings.ts";
import { suggest } from "./suggest.ts";
import { readYamlMap, type YamlMap } from "./yaml-map.ts";

/** The document's own settings. */
export interface FrontMatter {
  readonly values: JsonObject;
  readonly chapter: number | undefined;
  readonly title: string | undefined;
  readonly variables: readonly DeclaredVariable[];
  readonly defaults: RawSettings;
  /** False when its YAML could not be read: what it declares is then unknown. */
  readonly readable: boolean;
}

const KEYS = ["constat", "chapitre", "titre", "variables", "defaults"];
const VERSION = 1;
const VARIABLE = /^[\p{L}_][\p{L}\p{N}_.-]*$/u;
const NOTHING: FrontMatter = {
  values: {},
  chapter: undefined,
  title: undefined,
  variables: [],
  defaults: {},
  readable: true,
};

/** Reads the YAML between `---` at the top of the document; every mistake is reported at its own line and column. */
export function readFrontMatter(tree: Root, source: readonly string[], file: string, report: Report): FrontMatter {
  const node = tree.children[0];
  if (node?.type !== "yaml") return missing(source, report);
  const whole = locate(file, source, node.value, 2);
  const map = readYamlMap(whole, "En-tête", report);
  if (map === undefined) return { ...NOTHING, readable: false };
  const { values } = map;
  for (const key of Object.keys(values)) {
    if (KEYS.includes(key)) continue;
    report({
      rule: "unknown-key",
      place: map.placeOf([key]),
      reason: `Clé inconnue « ${key} » dans l’en-tête.`,
      remedy: suggest(key, KEYS, `Clés admises : ${KEYS.join(", ")}.`),
    });
  }
  const bad = (key: string, remedy: string) =>
    report({
      rule: "bad-value",
      place: map.placeOf([key]),
      reason: `En-tête, « ${key} » : valeur non admise.`,
      remedy,
    });

  if (values["constat"] !== undefined && values["constat"] !== VERSION) bad("constat", "Écrivez constat: 1.");
  const chapter = values["chapitre"];
  const isChapter = typeof chapter === "number" && Number.isInteger(chapter) && chapter >= 0;
  if (chapter !== undefined && !isChapter) bad("chapitre", "Donnez un nombre entier, par exemple chapitre: 3.");
  const title = values["titre"];
  if (title !== undefined && typeof title !== "string") bad("titre", 'Donnez un texte : titre: "…".');
  if (values["defaults"] !== undefined && values["defaults"] !== null && !isJsonObject(values["defaults"])) {
    bad("defaults", "Donnez des réglages de blocs, par exemple defaults: { timeout: 30s }.");
  }
  return {
    values,
    chapter: isChapter ? chapter : undefined,
    title: typeof title === "string" ? title : undefined,
    variables: readVariables(map, bad, report),
    defaults: isJsonObject(values["defaults"])
      ? checkedSettings(rawSettings(map, "front-matter", ["defaults"]), report, (path) =>
          map.placeOf(["defaults", ...path]),
        )
      : {},
    readable: true,
  };
}

/** No front matter is fine; one that Markdown does not see as such is not. */
function missing(source: readonly string[], report: Report): FrontMatter {
  const first = source.findIndex((line) => line.trim() !== "");
  const looksLike = source[first]?.trimEnd() === "---" && /^\s*[\p{L}_]+\s*:/u.test(source[first + 1] ?? "");
  if (!looksLike) return NOTHING;
  report({
    rule: "bad-yaml",
    place: { line: first + 1, column: 1 },
    reason: "L’en-tête ouvert ici n’est pas lu.",
    remedy: "Mettez « --- » sur la toute première ligne du fichier, et une autre ligne « --- » après la dernière clé.",
  });
  return { ...NOTHING, readable: false };
}

function readVariables(
  map: YamlMap,
  bad: (key: string, remedy: string) => void,
  report: Report,
): readonly DeclaredVariable[] {
  const declared = map.values["variables"];
  if (declared === undefined || declared === null) return [];
  if (!isJsonObject(declared)) {
    bad("variables", "Donnez nom: { default: valeur, description: texte }.");
    return [];
  }
  return Object.keys(declared).flatMap((name) => {
    const place = map.placeOf(["variables", name]);
    const mistake = (reason: string, remedy: string, at = place) => {
      report({ rule: "bad-variable", place: at, reason: `Variable « ${name} » : ${reason}.`, remedy });
      return [];
    };
    if (!VARIABLE.test(name)) return mistake("nom non admis", "Employez lettres, chiffres et _, une lettre d’abord.");
    const value = declared[name];
    if (!isJsonObject(value)) {
      const plain = map.sourceOf(["variables", name]);
      if (value === null || plain === undefined) return mistake("valeur manquante", `Écrivez ${name}: valeur.`);
      return [{ name, default: plain, description: "", place }];
    }
    for (const key of Object.keys(value)) {
      if (key === "default" || key === "description") continue;
      report({
        rule: "unknown-key",
        place: map.placeOf(["variables", name, key]),
        reason: `Clé inconnue « ${key} » pour la variable « ${name} ».`,
        remedy: suggest(key, ["default", "description"], "Clés admises : default, description."),
      });
    }
    const initial = map.sourceOf(["variables", name, "default"]);
    if (initial === undefined || value["default"] === null) {
      return mistake("valeur par défaut manquante", `Écrivez ${name}: { default: valeur, description: texte }.`);
    }
    const description = map.sourceOf(["variables", name, "description"]) ?? "";
    return [{ name, default: initial, description, place }];
  });
}
