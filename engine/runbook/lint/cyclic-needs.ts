import { placeOfText } from "./places.ts";
import type { LintRule, LintWorld } from "./world.ts";

/** No block waits for itself, directly or through others. */
export const cyclicNeeds: LintRule = (world) => {
  const done = new Set<string>();
  for (const id of world.byId.keys()) search(id, [], done, world);
};

function search(id: string, path: readonly string[], done: Set<string>, world: LintWorld): void {
  const from = path.indexOf(id);
  if (from >= 0) {
    reportCycle([...path.slice(from), id], world);
    return;
  }
  if (done.has(id)) return;
  for (const next of world.byId.get(id)?.block.settings.needs ?? []) search(next, [...path, id], done, world);
  done.add(id);
}

/** Reported once, on the first block of the cycle in the order of the documents. */
function reportCycle(cycle: readonly string[], { byId }: LintWorld): void {
  const members = cycle.slice(0, -1);
  const first = [...byId.keys()].find((id) => members.includes(id)) ?? "";
  const at = members.indexOf(first);
  const turned = [...members.slice(at), ...members.slice(0, at), first];
  const entry = byId.get(first);
  const place = entry?.block.raw["needs"]?.place;
  if (entry === undefined || place === undefined) return;
  const names = turned.map((id) => `#${id}`);
  entry.report({
    rule: "cyclic-needs",
    place: placeOfText(entry.runbook, place, names[1] ?? ""),
    reason:
      names.length === 2
        ? `Le bloc ${names[0]} s’attend lui-même : il ne s’exécuterait jamais.`
        : `Ces blocs s’attendent en rond : ${names.join(" → ")}. Aucun ne s’exécuterait.`,
    remedy: "Retirez de « needs » la référence qui ne correspond pas à l’ordre réel des étapes.",
  });
}
