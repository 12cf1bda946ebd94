import type { KindName, Role } from "../model/runbook.ts";
import type { Report } from "./author-message.ts";
import type { BlockAttributes, Named } from "./block-attributes.ts";
import { closest, suggest } from "./closest.ts";
import type { Fence } from "./fence.ts";

/** What a fence is: a block that runs, or prose. */
export type FenceRole =
  | { readonly type: "prose" }
  | { readonly type: "block"; readonly kind: KindName; readonly role: Role };

const PROSE: FenceRole = { type: "prose" };
const BY_LANGUAGE: ReadonlyMap<string, KindName> = new Map([
  ["bash", "shell"],
  ["sh", "shell"],
  ["http", "http"],
]);
const ROLES = ["check", "action"];
/** Kinds of DESIGN §3 that are not built: refused by name rather than taken for prose. */
const RESERVED_CLASSES = ["watch", "manual", "expect"];
const RESERVED_LANGUAGES = ["file"];
const LANGUAGES = [...BY_LANGUAGE.keys(), "yaml"];

/** True when the attributes of this fence are ours to judge; those of other languages belong to other tools. */
export function isOurs(fence: Fence): boolean {
  return LANGUAGES.includes(fence.language) || RESERVED_LANGUAGES.includes(fence.language);
}

/** Decides what a fence is; whatever looks as if it should run but will not is reported. */
export function fenceRole(fence: Fence, attributes: BlockAttributes, report: Report): FenceRole {
  const { id, classes } = attributes;
  const reserved = classes.find(({ name }) => RESERVED_CLASSES.includes(name));
  if (reserved !== undefined) return notBuilt(`${fence.language} {.${reserved.name}}`, reserved.place, report);
  if (RESERVED_LANGUAGES.includes(fence.language) && fence.attributeText !== undefined) {
    return notBuilt(fence.language, fence.languagePlace, report);
  }
  if (!isOurs(fence)) return foreign(fence, attributes, report);
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

function yamlRole(fence: Fence, { id, classes, settings }: BlockAttributes, report: Report): FenceRole {
  if (classes.some(({ name }) => name === "browser")) {
    checkClasses(classes, [...ROLES, "browser"], report);
    return { type: "block", kind: "browser", role: roleOf(classes, "check", report) };
  }
  if (classes.some(({ name }) => name === "console")) {
    checkClasses(classes, [...ROLES, "console"], report);
    return { type: "block", kind: "console", role: roleOf(classes, "check", report) };
  }
  const role = classes.find(({ name }) => ROLES.includes(name));
  const unknown = classes.filter(({ name }) => !ROLES.includes(name));
  if (unknown.length > 0) checkClasses(unknown, ["browser"], report);
  else if (role !== undefined) {
    report({
      rule: "missing-kind",
      place: role.place,
      reason: `Ce bloc yaml a le rôle « .${role.name} », mais rien ne dit de quelle sorte il est.`,
      remedy: "Ajoutez la classe .browser, ou retirez le rôle si ce n’est qu’un exemple.",
    });
  } else if (id !== undefined || Object.keys(settings).length > 0) {
    warnNotRun(fence, "rien ne dit de quelle sorte il est", "Ajoutez la classe .browser", report);
  }
  return PROSE;
}

function foreign(fence: Fence, { id, classes }: BlockAttributes, report: Report): FenceRole {
  const ours = classes.find(({ name }) => [...ROLES, "browser"].includes(name));
  if (fence.language === "") {
    const language = classes.find(({ name }) => LANGUAGES.includes(name));
    if (language === undefined && ours === undefined && id === undefined) return PROSE;
    report({
      rule: "language-first",
      place: fence.languagePlace,
      reason: "Ce bloc ne s’exécutera pas : aucun langage n’est écrit devant les accolades.",
      remedy: `Écrivez le langage d’abord : ${fence.marks}${language?.name ?? "bash"} {…}.`,
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

function notBuilt(what: string, place: Named["place"], report: Report): FenceRole {
  report({
    rule: "not-built",
    place,
    reason: `La sorte de bloc « ${what.trim()} » est réservée : elle n’est pas encore construite.`,
    remedy: "Employez un bloc bash, http ou yaml {.browser}, ou retirez les accolades pour n’en faire qu’un exemple.",
  });
  return PROSE;
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
