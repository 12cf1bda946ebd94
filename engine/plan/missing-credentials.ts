import { exhaustive } from "../base/exhaustive.ts";
import type { Credential } from "../model/credential.ts";
import type { Inventory } from "../model/inventory.ts";
import type { Plan, Step } from "../model/plan.ts";
import type { Block } from "../model/runbook.ts";
import { missingPveAccess } from "./missing-pve-access.ts";
import type { PlanProblem } from "./plan-problem.ts";

/**
 * Secrets, accounts and passwords that the steps to run will ask for and that the inventory does not give. For before a run, not for lint: a
 * lab brings its own.
 */
export function missingCredentials(
  plan: Plan,
  inventory: Inventory,
  credentialsOf: (block: Block) => readonly Credential[],
): readonly PlanProblem[] {
  return plan.steps
    .filter(({ leftOut }) => leftOut === undefined)
    .flatMap((step) => credentialsOf(step.block).flatMap((credential) => lackOf(credential, step, inventory)));
}

function lackOf(credential: Credential, step: Step, inventory: Inventory): readonly PlanProblem[] {
  switch (credential.type) {
    case "secret":
      return Object.hasOwn(inventory.secrets, credential.name) ? [] : [noSecret(credential, step, inventory)];
    case "bmc-account":
      return noAccounts(credential, step, inventory);
    case "pve-access":
      return missingPveAccess(credential, step, inventory);
    default:
      return exhaustive(credential);
  }
}

function noSecret(
  { name, place }: Extract<Credential, { type: "secret" }>,
  { id }: Step,
  { file }: Inventory,
): PlanProblem {
  return {
    place,
    reason: `le bloc #${id} demande le secret « ${name} », que l’inventaire ne déclare pas`,
    remedy: `ajoutez à ${file} : secrets: { ${name}: { env: NOM } }, { file: chemin } ou { command: "…" }`,
  };
}

function noAccounts(
  { account, unlessConsole, place }: Extract<Credential, { type: "bmc-account" }>,
  { id, targets }: Step,
  { nodes, file }: Inventory,
): readonly PlanProblem[] {
  return nodes
    .filter(({ name }) => targets.includes(name))
    .flatMap(({ name, bmc, console }) => {
      if (bmc === undefined || (unlessConsole && console !== undefined)) return [];
      if (account === undefined ? bmc.login !== undefined : Object.hasOwn(bmc.accounts, account)) return [];
      const which = account === undefined ? "un compte" : `le compte « ${account} »`;
      const form =
        account === undefined
          ? "bmc: { user: …, password: nom du secret }"
          : `bmc: { accounts: { ${account}: { user: …, password: nom du secret } } }`;
      return {
        place,
        reason: `le bloc #${id} demande ${which} du contrôleur de gestion de ${name}, que l’inventaire ne donne pas`,
        remedy: `ajoutez à ${name} dans ${file} : ${form}`,
      };
    });
}
