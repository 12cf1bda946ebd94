import { referencesIn } from "../../base/interpolate.ts";
import type { Block } from "../../model/runbook.ts";
import { placeOfText } from "./places.ts";
import { referencesOf } from "./references.ts";
import type { LintRule, LintWorld } from "./world.ts";

type Trouble = { readonly reason: string; readonly remedy: string };

/** `unless` and `verify` name checks that can answer alone, at the moment they are asked. */
export const unreachableUnless: LintRule = (world) => {
  for (const { block, runbook, report } of world.blocks) {
    for (const { key, id } of referencesOf(block.settings)) {
      const target = world.byId.get(id)?.block;
      if (key === "needs" || target === undefined) continue;
      const trouble = troubleOf(block, key, target, world);
      const written = block.raw[key]?.place;
      if (trouble === undefined) continue;
      report({ rule: "unreachable-unless", place: written && placeOfText(runbook, written, `#${id}`), ...trouble });
    }
  }
};

function troubleOf(block: Block, key: "unless" | "verify", target: Block, world: LintWorld): Trouble | undefined {
  const name = `#${target.id}`;
  if (target === block) {
    return {
      reason: `« ${key}=${name} » vise le bloc lui-même : il ne peut pas se juger avant de s’exécuter.`,
      remedy: "Visez un bloc .check séparé, qui ne fait que lire.",
    };
  }
  if (target.role !== "check") {
    return {
      reason: `« ${key}=${name} » vise un bloc qui n’est pas un .check : il ne serait jamais consulté.`,
      remedy: `Marquez ${name} .check s’il ne fait que lire, sinon visez une vérification.`,
    };
  }
  const asks = (["confirm", "answers", "pty"] as const).find((word) => {
    const value = target.settings[word];
    return value !== undefined && value !== false;
  });
  if (asks !== undefined) {
    return {
      reason: `« ${key}=${name} » vise un bloc interactif (« ${asks} ») : une garde doit répondre seule.`,
      remedy: `Retirez « ${asks} » de ${name}, ou visez une vérification sans dialogue.`,
    };
  }
  if (key !== "unless") return undefined;
  const late = neededTooEarly(block, target, world);
  if (late === undefined) return undefined;
  return {
    reason: `« unless=${name} » ne peut jamais répondre : elle emploie {{${late}}}, qui n’est connu qu’après ce bloc.`,
    remedy: `Réécrivez ${name} sans {{${late}}}, ou relevez cette valeur dans un bloc placé plus haut.`,
  };
}

/** A value that the guard uses and that only this block or a later one saves. */
function neededTooEarly(block: Block, guard: Block, { blocks, context, files }: LintWorld): string | undefined {
  const given = new Set([
    ...context.variables,
    ...files.flatMap(({ runbook }) => runbook.variables.map((variable) => variable.name)),
  ]);
  const later = new Set<string>();
  let passed = false;
  for (const { block: other } of blocks) {
    if (other === block) passed = true;
    for (const name of Object.keys(other.settings.save ?? {})) {
      if (!passed) given.add(name);
      else if (other !== guard) later.add(name);
    }
  }
  const settings = Object.values(guard.raw).map((setting) => JSON.stringify(setting.value));
  const used = referencesIn([guard.kind === "shell" ? "" : guard.body, ...settings].join("\n"));
  return used.find((name) => later.has(name) && !given.has(name));
}
