import { referencesIn } from "../../base/interpolate.ts";
import type { Block } from "../../model/runbook.ts";
import { placeOfText } from "./places.ts";
import { referencesOf } from "./references.ts";
import type { LintRule, LintWorld } from "./world.ts";

type Trouble = { readonly reason: string; readonly remedy: string };

/** `unless` and `verify` name checks that can answer alone, at the moment they are asked. */
export const unreachableUnless: LintRule = (world) => {
  const saves = savesOf(world);
  for (const { block, runbook, report } of world.blocks) {
    for (const { key, id } of referencesOf(block.settings)) {
      const target = world.byId.get(id)?.block;
      if ((key !== "unless" && key !== "verify") || target === undefined) continue;
      const trouble = troubleOf(block, key, target, saves);
      const written = block.raw[key]?.place;
      if (trouble === undefined) continue;
      report({ rule: "unreachable-unless", place: written && placeOfText(runbook, written, `#${id}`), ...trouble });
    }
  }
};

function troubleOf(block: Block, key: "unless" | "verify", target: Block, saves: Saves): Trouble | undefined {
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
  const late = neededTooEarly(block, target, saves);
  if (late === undefined) return undefined;
  return {
    reason: `« unless=${name} » ne peut jamais répondre : elle emploie {{${late}}}, qui n’est connu qu’après ce bloc.`,
    remedy: `Réécrivez ${name} sans {{${late}}}, ou relevez cette valeur dans un bloc placé plus haut.`,
  };
}

/** A value that the guard uses and that only this block or a later one saves. */
function neededTooEarly(block: Block, guard: Block, saves: Saves): string | undefined {
  const settings = Object.values(guard.raw).map((setting) => JSON.stringify(setting.value));
  const used = referencesIn([guard.kind === "shell" ? "" : guard.body, ...settings].join("\n"));
  const now = saves.order.get(block) ?? 0;
  return used.find((name) => {
    const savers = saves.byName.get(name)?.filter((saver) => saver !== guard) ?? [];
    return !saves.given.has(name) && savers.length > 0 && savers.every((saver) => (saves.order.get(saver) ?? 0) >= now);
  });
}

/** Which blocks save which values, and when. */
interface Saves {
  readonly given: ReadonlySet<string>;
  readonly byName: ReadonlyMap<string, readonly Block[]>;
  readonly order: ReadonlyMap<Block, number>;
}

function savesOf({ blocks, context, files }: LintWorld): Saves {
  const declared = files.flatMap(({ runbook }) => runbook.variables.map((variable) => variable.name));
  const byName = new Map<string, Block[]>();
  for (const { block } of blocks) {
    for (const name of Object.keys(block.settings.save ?? {})) byName.set(name, [...(byName.get(name) ?? []), block]);
  }
  return {
    given: new Set([...context.variables, ...declared]),
    byName,
    order: new Map(blocks.map(({ block }, index) => [block, index])),
  };
}
