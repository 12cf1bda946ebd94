import { closest } from "../base/closest.ts";
import { oneOf } from "../base/one-of.ts";
import type { KindName, Role } from "../model/runbook.ts";
import type { Report } from "./author-message.ts";
import type { BlockAttributes, Named } from "./block-attributes.ts";
import type { Fence } from "./fence.ts";
import { suggest } from "./suggest.ts";

/** What a fence is: a block that runs, what the block above must print, or prose. */
export type FenceRole =
  | { readonly type: "prose" }
  | { readonly type: "expected-output" }
  | { readonly type: "block"; readonly kind: KindName; readonly role: Role };

const PROSE: FenceRole = { type: "prose" };
const BY_LANGUAGE: ReadonlyMap<string, KindName> = new Map([
  ["bash", "shell"],
  ["sh", "shell"],
  ["http", "http"],
]);
const ROLES = ["check", "action"];
/** Kinds that a class names, with the languages they are written in; null: any, so that a forge colours the text as what it is. */
const BY_CLASS: ReadonlyMap<string, Classed> = new Map([
  ["browser", { kind: "browser", languages: ["yaml"], role: "check" }],
  ["console", { kind: "console", languages: ["yaml"], role: "check" }],
  ["watch", { kind: "watch", languages: ["yaml"], role: "check" }],
  ["manual", { kind: "manual", languages: ["text", "markdown"], role: "action" }],
  ["file", { kind: "file", languages: null, role: "action" }],
]);
const EXPECTED_OUTPUT = "expect";
const LANGUAGES = [...BY_LANGUAGE.keys(), "yaml"];
const OUR_CLASS = new RegExp(`[{\\s]\\.(?:${[...BY_CLASS.keys(), EXPECTED_OUTPUT].join("|")})(?=[\\s}]|$)`);

interface Classed {
  readonly kind: KindName;
  readonly languages: readonly string[] | null;
  readonly role: Role;
}

/** True when the attributes of this fence are ours to judge; those of other languages belong to other tools. */
export function isOurs(fence: Fence): boolean {
  return LANGUAGES.includes(fence.language) || OUR_CLASS.test(fence.attributeText ?? "");
}

/** Decides what a fence is; whatever looks as if it should run but will not is reported. */
export function fenceRole(fence: Fence, attributes: BlockAttributes, report: Report): FenceRole {
  const { id, classes } = attributes;
  if (fence.language !== "" && classes.some(({ name }) => name === EXPECTED_OUTPUT)) {
    checkClasses(classes, [EXPECTED_OUTPUT], report);
    return { type: "expected-output" };
  }
  const named = classes.find(({ name }) => BY_CLASS.has(name));
  const classed = named && BY_CLASS.get(named.name);
  if (named !== undefined && classed !== undefined && fence.language !== "") {
    return classedRole(fence, attributes, { ...classed, named }, report);
  }
  if (!LANGUAGES.includes(fence.language)) return foreign(fence, attributes, report);
  if (fence.language === "yaml") return yamlRole(fence, attributes, report);

  const kind = BY_LANGUAGE.get(fence.language) ?? "shell";
  if (kind === "shell" && id === undefined && classes.length === 0) {
    const key = Object.keys(attributes.settings)[0];
    if (key !== undefined)
      warnNotRun(
        fence,
        `il a « ${key} » mais ni identifiant ni classe`,
        "Donnez-lui un identifiant et un rôle, par exemple {#nom .check}",
        report,
      );
    return PROSE;
  }
  checkClasses(classes, [...ROLES, kind], report);
  return { type: "block", kind, role: roleOf(classes, "action", report) };
}

function classedRole(
  { language, languagePlace }: Fence,
  { classes }: BlockAttributes,
  { kind, languages, role, named }: Classed & { readonly named: Named },
  report: Report,
): FenceRole {
  if (languages !== null && !languages.includes(language)) {
    report({
      rule: "wrong-language",
      place: languagePlace,
      reason: `Un bloc .${named.name} ne s’écrit pas en « ${language} ».`,
      remedy: `Écrivez ${oneOf(languages)} devant les accolades.`,
    });
    return PROSE;
  }
  checkClasses(classes, [...ROLES, named.name], report);
  return { type: "block", kind, role: roleOf(classes, role, report) };
}

function yamlRole(fence: Fence, { id, classes, settings }: BlockAttributes, report: Report): FenceRole {
  const kinds = [...BY_CLASS].filter(([, { languages }]) => languages?.includes("yaml")).map(([name]) => name);
  const role = classes.find(({ name }) => ROLES.includes(name));
  const unknown = classes.filter(({ name }) => !ROLES.includes(name));
  const list = oneOf(kinds.map((name) => `.${name}`));
  if (unknown.length > 0) checkClasses(unknown, kinds, report);
  else if (role !== undefined) {
    report({
      rule: "missing-kind",
      place: role.place,
      reason: `Ce bloc yaml a le rôle « .${role.name} », mais rien ne dit de quelle sorte il est.`,
      remedy: `Ajoutez la classe ${list}, ou retirez le rôle si ce n’est qu’un exemple.`,
    });
  } else if (id !== undefined || Object.keys(settings).length > 0) {
    warnNotRun(fence, "rien ne dit de quelle sorte il est", `Ajoutez la classe ${list}`, report);
  }
  return PROSE;
}

function foreign(fence: Fence, { id, classes }: BlockAttributes, report: Report): FenceRole {
  const ours = classes.find(({ name }) => [...ROLES, ...BY_CLASS.keys(), EXPECTED_OUTPUT].includes(name));
  if (fence.language === "") {
    const language = classes.find(({ name }) => LANGUAGES.includes(name));
    if (language === undefined && ours === undefined && id === undefined) return PROSE;
    report({
      rule: "language-first",
      place: fence.languagePlace,
      reason: "Ce bloc ne s’exécutera pas : aucun langage n’est écrit devant les accolades.",
      remedy: `Écrivez le langage d’abord : ${fence.marks}${language?.name ?? languageOf(ours?.name)} {…}.`,
    });
    return PROSE;
  }
  if (fence.language === "file" && fence.attributeText !== undefined) {
    report({
      rule: "unknown-language",
      place: fence.languagePlace,
      reason: "« file » n’est pas un langage : ce bloc ne s’exécutera pas.",
      remedy: `Écrivez ${fence.marks}text {.file path="/…"}, avec le langage du fichier à la place de text s’il en a un.`,
    });
    return PROSE;
  }
  const near = closest(fence.language, LANGUAGES);
  if (ours === undefined && (id === undefined || near === undefined)) return PROSE;
  report({
    rule: "unknown-language",
    place: fence.languagePlace,
    reason: `Le langage « ${fence.language} » ne s’exécute pas.`,
    remedy: suggest(fence.language, LANGUAGES, `Langages admis : ${LANGUAGES.join(", ")}.`),
  });
  return PROSE;
}

/** The language to suggest before a class. */
function languageOf(name: string | undefined): string {
  if (name === EXPECTED_OUTPUT) return "text";
  const classed = BY_CLASS.get(name ?? "");
  return classed === undefined ? "bash" : (classed.languages?.[0] ?? "text");
}

function checkClasses(classes: readonly Named[], allowed: readonly string[], report: Report): void {
  for (const { name, place } of classes) {
    if (allowed.includes(name)) continue;
    const list = allowed.map((word) => `.${word}`).join(", ");
    report({
      rule: "unknown-class",
      place,
      reason: `Classe inconnue « .${name} ».`,
      remedy: suggest(name, allowed, `Classes admises ici : ${list}.`),
    });
  }
}

function roleOf(classes: readonly Named[], otherwise: Role, report: Report): Role {
  const check = classes.find(({ name }) => name === "check");
  const action = classes.find(({ name }) => name === "action");
  if (check !== undefined && action !== undefined) {
    report({
      rule: "two-roles",
      place: action.place.column > check.place.column ? action.place : check.place,
      reason: "Ce bloc est à la fois .check et .action.",
      remedy: "Gardez .check s’il ne fait que lire, .action s’il change quelque chose.",
    });
    return "action";
  }
  if (check !== undefined) return "check";
  return action !== undefined ? "action" : otherwise;
}

function warnNotRun(fence: Fence, why: string, remedy: string, report: Report): void {
  report({
    rule: "not-run",
    place: fence.place,
    reason: `Ce bloc ne s’exécutera pas : ${why}.`,
    remedy: `${remedy}, ou retirez les accolades.`,
    severity: "warning",
  });
}
