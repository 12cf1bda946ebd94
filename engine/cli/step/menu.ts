import type { OperatorChoice } from "../../model/operator-event.ts";
import type { Step } from "../../model/plan.ts";
import type { Move, Situation } from "../../run/index.ts";
import { changeBody } from "./change-body.ts";
import type { Cockpit } from "./cockpit.ts";
import { findStep } from "./find-step.ts";
import type { Key } from "./keyboard.ts";
import { HELP } from "./step-words.ts";

/** What a person chose: what to do now, and until where nobody is asked after it. */
export interface Chosen {
  readonly move: Move;
  readonly choice: OperatorChoice;
  /** A step's id (it is taken too), or the end. */
  readonly until?: string | undefined;
}

export const TO_THE_END = " fin";

const WORDS = { passed: "OK", failed: "ÉCHEC", skipped: "IGNORÉ", blocked: "BLOQUÉ", errored: "ERREUR" } as const;

/** What a key chooses in front of a step; undefined when nothing was chosen yet. `edited` keeps texts for another try. */
export async function choose(
  key: Key,
  situation: Situation,
  edited: Map<string, string>,
  cockpit: Cockpit,
  signal: AbortSignal,
): Promise<Chosen | undefined> {
  const { step, outcome } = situation;
  const before = outcome === undefined;
  const body = edited.get(step.id);
  switch (key) {
    case "enter":
      return before ? { move: { type: "run" }, choice: { what: "run" } } : undefined;
    case "r":
      return before ? undefined : { move: { type: "run", body }, choice: { what: "retried" } };
    case "c":
      return before ? undefined : { move: { type: "continue" }, choice: { what: "continued" } };
    case "p":
      return await skip(step, before, cockpit, signal);
    case "m":
      return await change(step, edited, cockpit, signal);
    case "a":
      return await jump(situation, cockpit, signal);
    case "j":
      return before ? await runUntil(situation, cockpit, signal) : undefined;
    case "f":
      return before ? { move: { type: "run" }, choice: { what: "run-rest" }, until: TO_THE_END } : undefined;
    case "l":
      list(situation, cockpit);
      return undefined;
    case "?":
      cockpit.screen.print(`${HELP}\n`);
      return undefined;
    case "q":
    case "ctrl-c":
    case "ctrl-d":
      return { move: { type: "stop" }, choice: { what: "stopped" } };
    default:
      return undefined;
  }
}

async function skip(
  step: Step,
  before: boolean,
  { screen, keyboard }: Cockpit,
  signal: AbortSignal,
): Promise<Chosen | undefined> {
  const verb = before ? "passer" : "passer outre";
  const given = await screen.alone(() => keyboard.line(`Motif pour ${verb} #${step.id} (vide : annuler) : `, signal));
  const reason = given?.trim() ?? "";
  if (reason === "") return undefined;
  return { move: { type: "skip", reason: `Passée par l’opérateur : ${reason}` }, choice: { what: "skipped", reason } };
}

async function change(
  step: Step,
  edited: Map<string, string>,
  cockpit: Cockpit,
  signal: AbortSignal,
): Promise<Chosen | undefined> {
  const changed = await changeBody(step, edited.get(step.id) ?? step.block.body, cockpit, signal);
  if (changed === undefined) return undefined;
  edited.set(step.id, changed.body);
  if (changed.reason === undefined) {
    cockpit.screen.print("  La modification n’est pas envoyée ; m la reprend.\n");
    return undefined;
  }
  const mask = (text: string) => cockpit.shown.mask(text, step);
  const texts = { before: mask(step.block.body), after: mask(changed.body), reason: mask(changed.reason) };
  return { move: { type: "run", body: changed.body }, choice: { what: "edited", ...texts } };
}

async function jump(situation: Situation, cockpit: Cockpit, signal: AbortSignal): Promise<Chosen | undefined> {
  const { step, line, outcomes } = situation;
  const target = await askStep("Aller à", situation, cockpit, signal);
  if (target === undefined) return undefined;
  const between = line.slice(line.indexOf(step), Math.max(line.indexOf(step), line.indexOf(target)));
  const open = between.filter(({ id, leftOut }) => leftOut === undefined && !outcomes.has(id));
  const { screen, keyboard } = cockpit;
  let reason = "";
  if (open.length > 0) {
    const which = open.length === 1 ? `#${open[0]?.id}` : `${open.length} étapes`;
    const given = await screen.alone(() => keyboard.line(`Motif pour passer ${which} (vide : annuler) : `, signal));
    reason = given?.trim() ?? "";
    if (reason === "") return undefined;
  }
  return {
    move: { type: "go", to: target.id, reason: `Passée par l’opérateur, qui est allé à #${target.id} : ${reason}` },
    choice: { what: "jumped", to: target.id, reason },
  };
}

async function runUntil(situation: Situation, cockpit: Cockpit, signal: AbortSignal): Promise<Chosen | undefined> {
  const { step, line } = situation;
  const target = await askStep("Exécuter jusqu’à", situation, cockpit, signal);
  if (target === undefined) return undefined;
  if (line.indexOf(target) < line.indexOf(step)) {
    cockpit.screen.print(`  #${target.id} est avant cette étape ; a y retourne.\n`);
    return undefined;
  }
  return { move: { type: "run" }, choice: { what: "run-until", to: target.id }, until: target.id };
}

async function askStep(
  verb: string,
  { line }: Situation,
  { screen, keyboard }: Cockpit,
  signal: AbortSignal,
): Promise<Step | undefined> {
  const given = await screen.alone(() => keyboard.line(`${verb} (numéro ou #id, vide : annuler) : `, signal));
  if (given === undefined || given.trim() === "") return undefined;
  const found = findStep(given, line);
  if ("step" in found) return found.step;
  screen.print(`  ${found.reason}\n`);
  return undefined;
}

function list({ step, line, outcomes }: Situation, { screen, shown }: Cockpit): void {
  const rows = line.map((each) => {
    const outcome = outcomes.get(each.id);
    const word = each.leftOut !== undefined ? "à côté" : outcome === undefined ? "" : WORDS[outcome.status];
    const number = `${each.ordinal}`.padStart(`${shown.plan.steps.length}`.length);
    return `${each === step ? "→" : " "} ${number}. ${word.padEnd(7)} #${each.id} (${each.targets.join(", ")})\n`;
  });
  screen.print(rows.join(""));
}
