import { exhaustive } from "../base/exhaustive.ts";
import { type Inventory, LOCAL } from "../model/inventory.ts";
import type { Need } from "../model/need.ts";
import { vmScreenBy } from "../model/vm-screen-access.ts";

/** What is missing where nobody can be asked; also told to the readers of a report. */
export const NOBODY = "personne ne peut répondre ici : ni terminal, ni image préparée";

/** What the targets do not offer of what a block needs, one French sentence per target and need; empty when the block can run. */
export function lacksOf(needs: readonly Need[], targets: readonly string[], inventory: Inventory): readonly string[] {
  return targets.flatMap((target) => needs.flatMap((need) => lackOf(need, target, inventory) ?? []));
}

/** Every target can open a browser; the operator's own machine also has a shell, but no Proxmox. */
function lackOf(need: Need, target: string, inventory: Inventory): string | undefined {
  const node = inventory.nodes.find(({ name }) => name === target);
  switch (need) {
    case "browser":
    // Whether a person is there is not the target's to say: the plan is told.
    case "operator":
      return undefined;
    case "shell":
      return target === LOCAL || node?.ssh !== undefined ? undefined : `${target} n’offre pas d’accès ssh`;
    case "pve":
      if (target === LOCAL) return "la machine locale n’est pas un nœud Proxmox";
      return node?.pve !== undefined ? undefined : `${target} n’offre pas l’API de Proxmox`;
    case "bmc":
      return node?.bmc !== undefined ? undefined : `${target} n’a pas de contrôleur de gestion (bmc) dans l’inventaire`;
    case "console":
      if (node?.bmc !== undefined) return undefined;
      if (node?.console === undefined)
        return `l’écran de ${target} ne peut pas être vu : ni bmc ni console dans l’inventaire`;
      return lackOf("vm-screen", node.console.host, inventory);
    case "vm-screen":
      if (target === LOCAL || node === undefined) return "la machine locale n’est pas un nœud Proxmox";
      return vmScreenBy(node) === "none" ? noVmScreen(target) : undefined;
    default:
      return exhaustive(need);
  }
}

function noVmScreen(target: string): string {
  return `les écrans des machines de ${target} ne peuvent pas être vus : ni ssh ni API de Proxmox dans l’inventaire`;
}
