import { referencesIn } from "../../base/interpolate.ts";
import { environmentName } from "../../model/values.ts";
import { suggest } from "../suggest.ts";
import { placeInBody, placeOfText } from "./places.ts";
import type { LintedBlock, LintRule, LintWorld } from "./world.ts";

/** `{{name}}` stands for a value that exists by then: declared, of the inventory, or saved by an earlier block. */
export const unknownVariable: LintRule = (world) => {
  if (!world.complete || world.files.some(({ readable }) => !readable)) return;
  const known = new Set([
    ...world.context.variables,
    ...world.files.flatMap(({ runbook }) => runbook.variables.map((variable) => variable.name)),
  ]);
  checkDefaults(world, known);
  for (const entry of world.blocks) {
    const { block, runbook, report } = entry;
    // A block's own `save` is filled from its output: its expectations and later blocks may use it.
    for (const name of Object.keys(block.settings.save ?? {})) known.add(name);
    for (const [key, setting] of Object.entries(block.raw)) {
      for (const name of referencesIn(JSON.stringify(setting.value) ?? "")) {
        if (isKnown(name, known, world)) continue;
        report(unknown(name, setting.place && placeOfText(runbook, setting.place, `{{${name}`), key, known, world));
      }
    }
    checkBody(entry, known, world);
  }
};

function checkBody({ block, runbook, report }: LintedBlock, known: ReadonlySet<string>, world: LintWorld): void {
  for (const name of referencesIn(block.body)) {
    // Other double braces of a script belong to the command itself (docker, go templates).
    const isFine = isKnown(name, known, world) !== (block.kind === "shell");
    if (isFine) continue;
    const offset = block.body.search(new RegExp(`\\{\\{\\s*${RegExp.escape(name)}\\s*\\}\\}`));
    const place = placeInBody(runbook, block, offset);
    if (block.kind !== "shell") report(unknown(name, place, undefined, known, world));
    else {
      report({
        rule: "unknown-variable",
        place,
        reason: `{{${name}}} n’est jamais remplacé dans un script.`,
        remedy: `Écrivez "$${environmentName(name)}" : les valeurs y arrivent en variables d’environnement.`,
      });
    }
  }
}

function checkDefaults(world: LintWorld, known: ReadonlySet<string>): void {
  for (const { runbook, report } of world.files) {
    for (const variable of runbook.variables) {
      for (const name of referencesIn(variable.default)) {
        if (isKnown(name, known, world)) continue;
        const place = placeOfText(runbook, variable.place, `{{${name}`);
        report(unknown(name, place, undefined, known, world));
      }
    }
  }
}

function isKnown(name: string, known: ReadonlySet<string>, { context }: LintWorld): boolean {
  if (known.has(name) || /^(?:node|ha)\./.test(name)) return true;
  // A lab brings its own secrets: which ones there are is for the plan to check.
  if (name.startsWith("secrets.")) return true;
  const node = /^nodes\.([^.]+)\../.exec(name)?.[1];
  return node !== undefined && (context.nodes.length === 0 || context.nodes.includes(node));
}

function unknown(
  name: string,
  place: ReturnType<typeof placeOfText> | undefined,
  key: string | undefined,
  known: ReadonlySet<string>,
  { blocks, context }: LintWorld,
) {
  const later = blocks.find(({ block }) => Object.hasOwn(block.settings.save ?? {}, name));
  const where = key === undefined ? "" : ` dans « ${key} »`;
  if (later !== undefined) {
    return {
      rule: "unknown-variable",
      place,
      reason: `{{${name}}}${where} n’a pas encore de valeur : #${later.block.id} ne la relève que plus loin.`,
      remedy: `Placez ce bloc après #${later.block.id}.`,
    };
  }
  const names = [...known, ...context.nodes.flatMap((node) => [`nodes.${node}.address`, `nodes.${node}.hostname`])];
  return {
    rule: "unknown-variable",
    place,
    reason: `Variable inconnue {{${name}}}${where}.`,
    remedy: suggest(
      name,
      names,
      "Déclarez-la sous « variables: » dans l’en-tête, ou relevez-la par « save » dans un bloc placé avant.",
    ),
  };
}
