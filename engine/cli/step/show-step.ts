import { harmless } from "../../base/harmless.ts";
import { KINDS } from "../../kinds/index.ts";
import { type Inventory, LOCAL } from "../../model/inventory.ts";
import type { Plan, Step } from "../../model/plan.ts";
import type { Values } from "../../model/values.ts";
import { accompaniedBy, confirmationOf, valuesFor } from "../../plan/index.ts";
import { wrapText } from "./fit-text.ts";
import type { Size } from "./screen.ts";
import { proseBefore, titlesOf } from "./section-prose.ts";

/** What a step is shown with. */
export interface ShownWith {
  readonly plan: Plan;
  readonly inventory: Inventory;
  /** Covers secrets and what the step masks. */
  mask(text: string, step: Step): string;
  seenBy(target: string): Values;
}

/** `[3/12] #id — action sur pve1, pve2`. */
export function nameLine(step: Step, plan: Plan): string {
  const role = step.block.role === "check" ? "contrôle" : "action";
  return `[${step.ordinal}/${plan.steps.length}] #${step.id} — ${role} sur ${step.targets.join(", ")}`;
}

/** The titles above a step. */
export function headingOf(step: Step, { runbooks }: Plan): string {
  const runbook = runbooks.find(({ blocks }) => blocks.some(({ id }) => id === step.id));
  return runbook === undefined ? "" : titlesOf(runbook, step.block).join(" › ");
}

/** The author's prose, what is sent where, and what belongs to it; shortened to the screen unless `whole`. */
export function stepLines(step: Step, shown: ShownWith, { columns, rows }: Size, whole: boolean): readonly string[] {
  const { plan, inventory, mask, seenBy } = shown;
  const runbook = plan.runbooks.find(({ blocks }) => blocks.some(({ id }) => id === step.id));
  const first = valuesFor(plan, inventory, step.targets[0] ?? LOCAL, seenBy(step.targets[0] ?? LOCAL));
  const prose = runbook === undefined ? [] : proseBefore(runbook, step.block, first, columns - 1);
  const room = whole ? Number.POSITIVE_INFINITY : Math.max(6, rows - 9);
  const around = surroundings(step, plan).flatMap((line) => wrapText(`  ${line}`, columns - 1));
  const sent = sentLines(step, shown).map((line) => mask(line, step));
  const forProse = Math.max(3, Math.floor((room - around.length) / 2), room - around.length - sent.length);
  const shortProse = shorten(prose, forProse, "");
  const shortSent = shorten(sent, Math.max(3, room - around.length - shortProse.length), "  │ ");
  return [
    ...shortProse.map((line) => mask(harmless(line), step)),
    ...(prose.length > 0 ? [""] : []),
    `${nameLine(step, plan)} (${step.block.place.file}:${step.block.place.line})`,
    ...around,
    ...shortSent,
  ];
}

function surroundings(step: Step, plan: Plan): readonly string[] {
  const { settings, kind } = step.block;
  const names = (ids: readonly string[]) => ids.map((id) => `#${id}`).join(", ");
  const question = confirmationOf(step);
  const action = accompaniedBy(step, plan);
  const companions = plan.steps.filter(
    (each) => each.leftOut === undefined && accompaniedBy(each, plan)?.id === step.id,
  );
  return [
    ...(kind === "manual" ? ["à faire par vous : les questions viennent ensuite"] : []),
    ...(settings.unless === undefined ? [] : [`ignorée si ${names(settings.unless)} est satisfait`]),
    ...(settings.verify === undefined ? [] : [`puis vérifiée par ${names(settings.verify)}`]),
    ...(question === undefined ? [] : ["demande une confirmation"]),
    ...(action === undefined ? [] : [`pendant #${action.id}`]),
    ...(companions.length === 0 ? [] : [`accompagnée de ${names(companions.map(({ id }) => id))}`]),
    ...(settings.background === true ? ["continue en arrière-plan"] : []),
    ...(step.fills === undefined ? [] : [`remplit la figure « ${settings.capture} »`]),
    ...Object.keys(step.shots ?? {}).map((caption) => `remplit la figure « ${caption} »`),
  ];
}

/** Once when every target gets the same, else once for each. */
function sentLines(step: Step, { plan, inventory, seenBy }: ShownWith): readonly string[] {
  const kind = KINDS[step.block.kind];
  const texts = step.targets.map((target) => ({
    target,
    text: kind.describe(step.block, valuesFor(plan, inventory, target, seenBy(target))),
  }));
  const alike = new Set(texts.map(({ text }) => text)).size === 1;
  return (alike ? texts.slice(0, 1) : texts).flatMap(({ target, text }) => [
    ...(alike ? [] : [`  ${target} :`]),
    ...harmless(text)
      .split("\n")
      .map((line) => `  │ ${line}`),
  ]);
}

function shorten(lines: readonly string[], most: number, indent: string): readonly string[] {
  if (lines.length <= most) return lines;
  const left = lines.length - (most - 1);
  return [...lines.slice(0, most - 1), `${indent}… ${left} lignes de plus (t : tout le texte)`];
}
