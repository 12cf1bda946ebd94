import { KINDS } from "../kinds/index.ts";
import type { Inventory } from "../model/inventory.ts";
import type { Plan, Step } from "../model/plan.ts";
import { confirmationOf, NOBODY } from "../plan/index.ts";
import { shown } from "./sources.ts";

/** What is to be known before the steps: against which machines, real or not, which chapters, and what a person will be asked. */
export function planHead(plan: Plan, inventory: Inventory): readonly string[] {
  return [
    `Inventaire : ${shown(inventory.file)} — « ${inventory.name} », ${machinesOf(inventory)}`,
    `Chapitres : ${plan.scope.join(", ")}`,
    named("Confirmations demandées", plan.steps, confirms, "aucune", " ; --yes les accorde d’avance"),
    named("Gestes demandés à une personne", plan.steps, asksPerson, "aucun", ""),
    ...(plan.steps.some(({ leftOut }) => leftOut?.text.includes(NOBODY))
      ? ["D’autres gestes sont laissés de côté : ni terminal ici, ni image donnée par --pictures"]
      : []),
    "",
  ];
}

function machinesOf({ simulated, nodes }: Inventory): string {
  const names = nodes.map(({ name, address }) => `${name} (${address})`).join(", ");
  return simulated === undefined ? `machines réelles : ${names}` : `${simulated}, aucune machine réelle : ${names}`;
}

function named(
  title: string,
  steps: readonly Step[],
  asks: (step: Step) => boolean,
  none: string,
  note: string,
): string {
  const ids = steps.filter(asks).map(({ id }) => `#${id}`);
  return `${title} : ${ids.length === 0 ? none : `${ids.length} (${ids.join(", ")})${note}`}`;
}

function confirms(step: Step): boolean {
  return confirmationOf(step) !== undefined;
}

function asksPerson({ block, leftOut }: Step): boolean {
  return leftOut === undefined && KINDS[block.kind].needs(block).includes("operator");
}
