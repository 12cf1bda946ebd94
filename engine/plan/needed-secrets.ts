import type { Credential } from "../model/credential.ts";
import type { Inventory, InventoryNode, SecretReference } from "../model/inventory.ts";
import type { Need } from "../model/need.ts";
import type { Place } from "../model/place.ts";
import type { Plan, Step } from "../model/plan.ts";
import type { Block } from "../model/runbook.ts";

/** A secret that a run asks for, by name; where its value comes from, unless nobody declares it; who uses it, and where first. */
export interface NeededSecret {
  readonly name: string;
  readonly reference: SecretReference | undefined;
  readonly steps: readonly string[];
  readonly place: Place;
}

/** What the kinds say of a block. */
export interface Askings {
  readonly credentialsOf: (block: Block) => readonly Credential[];
  readonly needsOf: (block: Block) => readonly Need[];
}

/** Every secret that the steps to run ask for: those that blocks name, and the passwords of the doors they go through. Never a value. */
export function neededSecrets(plan: Plan, inventory: Inventory, askings: Askings): readonly NeededSecret[] {
  const uses = plan.steps
    .filter(({ leftOut }) => leftOut === undefined)
    .flatMap((step) => usesIn(step, inventory, askings).map((use) => ({ ...use, step: step.id })));
  return [...Map.groupBy(uses, ({ name }) => name)]
    .flatMap(([name, own]) =>
      own.slice(0, 1).map(({ place }) => ({
        name,
        reference: Object.hasOwn(inventory.secrets, name) ? inventory.secrets[name] : undefined,
        steps: [...new Set(own.map(({ step }) => step))],
        place,
      })),
    )
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

interface Use {
  readonly name: string;
  readonly place: Place;
}

function usesIn({ block, targets }: Step, inventory: Inventory, { credentialsOf, needsOf }: Askings): readonly Use[] {
  const nodes = inventory.nodes.filter(({ name }) => targets.includes(name));
  const needs = needsOf(block);
  const doors = nodes.flatMap(({ ssh, pve }) => [
    ...(needs.includes("shell") ? passwordOf(ssh) : []),
    ...(needs.includes("pve") ? passwordOf(pve) : []),
  ]);
  return [
    ...credentialsOf(block).flatMap((credential) => {
      const names =
        credential.type === "secret" ? [credential.name] : nodes.flatMap((node) => accountOf(node, credential.account));
      return names.map((name) => ({ name, place: credential.place }));
    }),
    ...doors.map((name) => ({ name, place: block.place })),
  ];
}

function accountOf({ bmc }: InventoryNode, account: string | undefined): readonly string[] {
  if (bmc === undefined) return [];
  if (account === undefined) return passwordOf(bmc.login);
  return Object.hasOwn(bmc.accounts, account) ? passwordOf(bmc.accounts[account]) : [];
}

function passwordOf(access: { readonly password?: string | undefined } | undefined): readonly string[] {
  return access?.password === undefined ? [] : [access.password];
}
