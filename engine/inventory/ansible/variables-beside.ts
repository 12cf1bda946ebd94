import type { VFile } from "vfile";
import { type AnsibleInventory, groupNamed, say } from "./ansible-inventory.ts";
import { parseAnsibleVariables } from "./parse-ansible-yaml.ts";

/** A file of `group_vars/` or `host_vars/`, and whose variables it holds. */
export interface AnsibleVariablesFile {
  readonly of: "group" | "host";
  readonly name: string;
  readonly file: VFile;
}

const START = { line: 1, column: 1 };

/** Adds to an inventory what stands in files beside it; as with Ansible, that wins over what the inventory says of the same owner. */
export function addVariablesBeside(inventory: AnsibleInventory, beside: readonly AnsibleVariablesFile[]): void {
  for (const { of, name, file } of beside) {
    const owner = of === "host" ? inventory.hosts.get(name) : groupOf(inventory, name);
    if (owner !== undefined) {
      owner.vars.push(...parseAnsibleVariables(file));
      continue;
    }
    const nobody = of === "host" ? "aucune machine" : "aucun groupe";
    const reason = `${nobody} de l’inventaire ne s’appelle « ${name} » : ce fichier n’est pas repris`;
    say(file, START, { reason, remedy: "renommez-le, s’il devait servir" }, false);
  }
}

/** `all` is there even where nobody writes it. */
function groupOf(inventory: AnsibleInventory, name: string) {
  return name === "all" ? groupNamed(inventory, name, START) : inventory.groups.get(name);
}
