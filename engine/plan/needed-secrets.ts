import { exhaustive } from "../base/exhaustive.ts";
import type { Credential } from "../model/credential.ts";
import type { Inventory, InventoryNode, SecretReference } from "../model/inventory.ts";
import type { Need } from "../model/need.ts";
import type { Place } from "../model/place.ts";
import type { Plan, Step } from "../model/plan.ts";
import { tokenRefusal } from "../model/pve-token.ts";
import type { Block } from "../model/runbook.ts";
import { vmScreenBy } from "../model/vm-screen-access.ts";

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
  const doors = nodes.flatMap((node) => needsOf(block).flatMap((need) => doorOf(need, node, inventory)));
  return [
    ...credentialsOf(block).flatMap((credential) => {
      return namesIn(credential, nodes, inventory).map((name) => ({ name, place: credential.place }));
    }),
    ...doors.map((name) => ({ name, place: block.place })),
  ];
}

function namesIn(credential: Credential, targets: readonly InventoryNode[], { nodes }: Inventory): readonly string[] {
  switch (credential.type) {
    case "secret":
      return [credential.name];
    case "bmc-account":
      return targets.flatMap((node) => accountOf(node, credential));
    case "pve-access": {
      const asked = credential.on === undefined ? targets : nodes.filter(({ name }) => name === credential.on);
      return asked.flatMap(({ pve }) => pveSecretsOf(credential, pve));
    }
    default:
      return exhaustive(credential);
  }
}

function doorOf(need: Need, node: InventoryNode, { nodes }: Inventory): readonly string[] {
  switch (need) {
    case "shell":
      return sshSecretsOf(node.ssh);
    case "vm-screen":
      return vmScreenDoor(node);
    // The screen of a node that is a virtual machine is behind its host's doors; that of a server behind its controller's account.
    case "console":
      return nodes.filter(({ name }) => name === node.console?.host).flatMap(vmScreenDoor);
    // What opens these, the block's credentials say.
    case "pve":
    case "bmc":
    case "browser":
    case "operator":
      return [];
    default:
      return exhaustive(need);
  }
}

/** The token, or the password where there is none, or where none is taken. */
function pveSecretsOf(
  { for: what }: Extract<Credential, { type: "pve-access" }>,
  pve: InventoryNode["pve"],
): readonly string[] {
  if (pve?.token === undefined || what === "page") return loginSecretsOf(pve);
  return tokenRefusal(what.method, what.path) === undefined ? [pve.token.secret] : loginSecretsOf(pve);
}

/** The password, and what the codes of its second factor are made of. */
function loginSecretsOf(pve: InventoryNode["pve"]): readonly string[] {
  return [...passwordOf(pve), ...(pve?.password === undefined || pve.totp === undefined ? [] : [pve.totp])];
}

function vmScreenDoor(host: InventoryNode): readonly string[] {
  const by = vmScreenBy(host);
  switch (by) {
    case "monitor":
      return sshSecretsOf(host.ssh);
    case "vnc":
      return loginSecretsOf(host.pve);
    case "none":
      return [];
    default:
      return exhaustive(by);
  }
}

function accountOf(
  { bmc, console }: InventoryNode,
  { account, unlessConsole }: Extract<Credential, { type: "bmc-account" }>,
): readonly string[] {
  if (bmc === undefined || (unlessConsole && console !== undefined)) return [];
  if (account === undefined) return passwordOf(bmc.login);
  return Object.hasOwn(bmc.accounts, account) ? passwordOf(bmc.accounts[account]) : [];
}

/** The password, what opens the key, and what sudo asks for. */
function sshSecretsOf(ssh: InventoryNode["ssh"]): readonly string[] {
  const { passphrase, sudo } = ssh ?? {};
  return [...passwordOf(ssh), ...(passphrase === undefined ? [] : [passphrase]), ...passwordOf(sudo)];
}

function passwordOf(access: { readonly password?: string | undefined } | undefined): readonly string[] {
  return access?.password === undefined ? [] : [access.password];
}
