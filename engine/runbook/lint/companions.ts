import type { Block } from "../../model/runbook.ts";
import { placeOfText } from "./places.ts";
import type { LintedBlock, LintRule, LintWorld } from "./world.ts";

type Trouble = { readonly key: "during" | "background" | "stops"; readonly reason: string; readonly remedy: string };

/** `during` accompanies an action that can end without it; `background` blocks can go on, and only they are stopped by `stops`. */
export const companions: LintRule = (world) => {
  for (const entry of world.blocks) {
    for (const { key, reason, remedy } of troublesOf(entry.block, world)) {
      const written = entry.block.raw[key]?.place;
      const place = written && placeOfText(entry.runbook, written, "#");
      entry.report({ rule: "companions", place: key === "background" ? written : place, reason, remedy });
    }
  }
};

function troublesOf(block: Block, world: LintWorld): readonly Trouble[] {
  return [
    ...(block.settings.during ?? []).flatMap((id) => duringTroubles(id, block, world)),
    ...backgroundTroubles(block),
    ...(block.settings.stops ?? []).flatMap((id) => stopTrouble(id, world.byId.get(id))),
  ];
}

function duringTroubles(during: string, block: Block, world: LintWorld): readonly Trouble[] {
  const action = world.byId.get(during)?.block;
  if (action === undefined) return [];
  const say = (reason: string, remedy: string): readonly Trouble[] => [{ key: "during", reason, remedy }];
  if (action.role !== "action") {
    return say(
      `« during=#${during} » vise un contrôle : il n’y a rien à accompagner.`,
      "Visez l’action pendant laquelle ce bloc doit regarder.",
    );
  }
  if (block.role !== "check") {
    return say("Seul un contrôle peut accompagner une action.", "Marquez ce bloc .check, ou retirez « during ».");
  }
  if (action.settings.during !== undefined || action.settings.background === true) {
    return say(
      `#${during} accompagne elle-même d’autres étapes : on ne sait pas quand elle finit.`,
      "Visez une action ordinaire.",
    );
  }
  const before = reachOf(block.settings.needs ?? [], world);
  const waits = before.has(during) || before.has(block.id);
  if (!waits && !reachOf(action.settings.needs ?? [], world).has(block.id)) return [];
  return say(
    `#${block.id} commence avant #${during} et finit après elle, mais l’une des deux attend l’autre par « needs ».`,
    "Retirez ce « needs » : « during » suffit à dire l’ordre.",
  );
}

/** All that must be over before these blocks are: what they need, and for a companion its action and what that needs. */
function reachOf(ids: readonly string[], world: LintWorld, found = new Set<string>()): ReadonlySet<string> {
  for (const id of ids) {
    if (found.has(id)) continue;
    found.add(id);
    const block = world.byId.get(id)?.block;
    if (block === undefined) continue;
    const { needs = [], during = [] } = block.settings;
    const beside = world.blocks.filter((entry: LintedBlock) => entry.block.settings.during?.includes(id));
    const ofCompanions = beside.flatMap((entry) => entry.block.settings.needs ?? []);
    reachOf([...needs, ...during, ...ofCompanions], world, found);
  }
  return found;
}

function backgroundTroubles({ kind, settings }: Block): readonly Trouble[] {
  if (settings.background !== true) return [];
  const say = (reason: string, remedy: string): readonly Trouble[] => [{ key: "background", reason, remedy }];
  if (kind !== "shell") return say("« background » ne vaut que pour un bloc bash ou sh.", "Retirez « background ».");
  const clash = (["until", "retry", "verify", "during", "cleanup", "session", "save"] as const).find(
    (key) => settings[key] !== undefined,
  );
  if (clash === undefined) return [];
  return say(
    `Un bloc qui continue en arrière-plan ne peut pas avoir « ${clash} » : il ne finit qu’avec l’exécution.`,
    `Retirez « ${clash} », ou placez-le sur un bloc suivant.`,
  );
}

function stopTrouble(id: string, entry: LintedBlock | undefined): readonly Trouble[] {
  if (entry === undefined || entry.block.settings.background === true) return [];
  return [
    {
      key: "stops",
      reason: `« stops=#${id} » vise un bloc qui ne continue pas en arrière-plan.`,
      remedy: `Ajoutez « background » à #${id}, ou retirez « stops ».`,
    },
  ];
}
