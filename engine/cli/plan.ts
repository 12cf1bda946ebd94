import { KINDS } from "../kinds/index.ts";
import { type Inventory, LOCAL } from "../model/inventory.ts";
import type { Plan, Step } from "../model/plan.ts";
import { accompaniedBy, confirmationOf, type NeededSecret, valuesFor } from "../plan/index.ts";
import { openOperator } from "./compose.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { planGraph } from "./plan-graph.ts";
import { planHead } from "./plan-head.ts";
import { preparePlan, type Selection } from "./prepare-plan.ts";
import { originOf, printMissingCredentials, secretsOf } from "./secrets-needed.ts";
import { isSleepingLab } from "./sleeping-lab.ts";
import { sshAccessLines } from "./ssh-access.ts";
import type { Terminal } from "./terminal.ts";

export interface PlanOptions extends Selection {
  readonly json?: boolean | undefined;
  /** As a Mermaid flowchart. */
  readonly graph?: boolean | undefined;
}

/** `constat plan`: against which machines, every step with its target and what it would run, what a person would be asked. Touches nothing. */
export async function plan(paths: readonly string[], options: PlanOptions, terminal: Terminal): Promise<ExitCode> {
  const operator = await openOperator(options.pictures, terminal);
  const prepared = await preparePlan(paths, options, terminal, operator);
  if (prepared === undefined) return EXIT.author;
  // A lab brings its secrets when it starts.
  if (!isSleepingLab(prepared) && printMissingCredentials(prepared, terminal) > 0) return EXIT.author;
  const secrets = secretsOf(prepared);
  const { plan: planned, inventory } = prepared;
  if (options.graph === true) {
    terminal.out(planGraph(planned));
    return EXIT.ok;
  }
  const used = new Set(planned.steps.filter(({ leftOut }) => leftOut === undefined).flatMap((step) => step.targets));
  const access = await sshAccessLines(inventory.nodes.filter(({ name }) => used.has(name)));
  if (options.json === true)
    terminal.out(`${JSON.stringify({ ...asJson(planned, inventory, secrets), access }, undefined, 2)}\n`);
  else {
    print(planned, inventory, secrets, terminal);
    for (const line of access) terminal.out(`ssh ${line}\n`);
  }
  return EXIT.ok;
}

function asJson(planned: Plan, inventory: Inventory, secrets: readonly NeededSecret[]): object {
  return {
    inventory: { file: inventory.file, name: inventory.name, simulated: inventory.simulated ?? null },
    scope: planned.scope,
    steps: planned.steps.map((step) => ({
      id: step.id,
      ordinal: step.ordinal,
      kind: step.block.kind,
      role: step.block.role,
      file: step.block.place.file,
      line: step.block.place.line,
      targets: step.targets,
      runs: sent(step, step.targets[0], planned, inventory),
      runsOn: Object.fromEntries(step.targets.map((target) => [target, sent(step, target, planned, inventory)])),
      unless: step.block.settings.unless ?? [],
      verify: step.block.settings.verify ?? [],
      needs: step.block.settings.needs ?? [],
      confirm: confirmationOf(step) ?? null,
      timeoutMs: step.block.settings.timeout,
      during: step.block.settings.during ?? [],
      background: step.block.settings.background ?? false,
      fills: step.fills ?? null,
      shots: step.shots ?? {},
      leftOut: step.leftOut ?? null,
    })),
    placeholders: planned.placeholders.map(({ placeholder, candidates, chosen }) => ({
      id: placeholder.id,
      caption: placeholder.caption,
      chapter: placeholder.chapter,
      candidates,
      chosen: chosen ?? null,
    })),
    secrets: secrets.map(({ name, reference, steps }) => ({ name, reference: reference ?? null, steps })),
  };
}

function print(planned: Plan, inventory: Inventory, secrets: readonly NeededSecret[], terminal: Terminal): void {
  for (const line of planHead(planned, inventory)) terminal.out(`${line}\n`);
  for (const step of planned.steps) {
    const { block } = step;
    const role = block.role === "check" ? "contrôle" : "action";
    terminal.out(
      `${step.ordinal}. #${step.id} — ${role} sur ${step.targets.join(", ")} (${block.place.file}:${block.place.line})\n`,
    );
    if (step.leftOut !== undefined) terminal.out(`   laissée de côté : ${step.leftOut.text}\n`);
    if (block.settings.unless !== undefined)
      terminal.out(`   ignorée si ${block.settings.unless.map((id) => `#${id}`).join(" ou ")} est satisfait\n`);
    const question = confirmationOf(step);
    if (question !== undefined) terminal.out(`   demande une confirmation : ${question}\n`);
    printSent(step, planned, inventory, terminal);
    if (block.settings.verify !== undefined)
      terminal.out(`   puis vérifiée par ${block.settings.verify.map((id) => `#${id}`).join(", ")}\n`);
    const accompanied = accompaniedBy(step, planned);
    if (accompanied !== undefined) terminal.out(`   pendant #${accompanied.id}\n`);
    if (block.settings.background === true) terminal.out("   continue en arrière-plan\n");
    if (step.fills !== undefined) terminal.out(`   remplit : ${block.settings.capture}\n`);
    for (const caption of Object.keys(step.shots ?? {})) terminal.out(`   remplit : ${caption}\n`);
  }
  const kept = planned.steps.filter(({ leftOut }) => leftOut === undefined);
  const served = new Set(kept.flatMap(({ fills, shots = {} }) => [fills, ...Object.values(shots)]));
  const chosen = planned.placeholders.filter(({ placeholder }) => served.has(placeholder.id)).length;
  if (secrets.length > 0) terminal.out("Secrets demandés :\n");
  for (const secret of secrets) {
    const [first, ...others] = secret.steps;
    const also = others.length === 0 ? "" : ` et ${others.length} autre${others.length === 1 ? "" : "s"}`;
    terminal.out(`   ${secret.name} (${originOf(secret)}), par #${first}${also}\n`);
  }
  terminal.out(
    `${kept.length} étapes sur ${planned.steps.length} ; ${chosen}/${planned.placeholders.length} figures prévues. Rien n’a été exécuté.\n`,
  );
}

/** Once when every target gets the same, else once for each. */
function printSent(step: Step, planned: Plan, inventory: Inventory, terminal: Terminal): void {
  const texts = step.targets.map((target) => ({ target, text: sent(step, target, planned, inventory) }));
  const alike = new Set(texts.map(({ text }) => text)).size === 1;
  for (const { target, text } of alike ? texts.slice(0, 1) : texts) {
    if (!alike) terminal.out(`   ${target} :\n`);
    for (const line of text.split("\n")) terminal.out(`   │ ${line}\n`);
  }
}

function sent(step: Step, target: string | undefined, planned: Plan, inventory: Inventory): string {
  return KINDS[step.block.kind].describe(step.block, valuesFor(planned, inventory, target ?? LOCAL, {}));
}
