import type { VFile } from "vfile";
import { exhaustive } from "../../base/exhaustive.ts";
import { VARIABLE } from "../inventory-schema.ts";
import { type AnsibleVariable, say } from "./ansible-inventory.ts";
import { isSecretName, secretName, secretVariable } from "./secret-names.ts";

/** Where what is found on the way is put. */
export interface Taking {
  readonly file: VFile;
  readonly secrets: Record<string, { readonly env: string }>;
}

/** The variables of one owner that can be taken over, by name. What cannot is said; what is secret becomes a reference. */
export function plainVars(
  variables: readonly AnsibleVariable[],
  owner: string,
  taking: Taking,
): Record<string, string> {
  const vars: Record<string, string> = {};
  for (const variable of variables) {
    const { name } = variable;
    if (name.startsWith("ansible_")) continue;
    if (!VARIABLE.test(name)) {
      tell(
        variable,
        taking,
        `« ${name} » ne peut pas nommer une variable`,
        "donnez-lui un nom qui commence par une lettre",
      );
      continue;
    }
    const text = textOf(variable, owner, taking);
    if (text !== undefined) vars[name] = text;
  }
  return vars;
}

/** Puts a secret's reference where its value was: whoever runs gives it by an environment variable. */
export function referTo(variable: string, owner: string, { secrets }: Taking): string {
  const name = secretName(variable, owner);
  secrets[name] ??= { env: secretVariable(name) };
  return name;
}

/** Says at its place what becomes of a variable that is not taken over. */
export function tell({ spot, file }: AnsibleVariable, taking: Taking, reason: string, remedy: string): void {
  say(file ?? taking.file, spot, { reason, remedy }, false);
}

function textOf(variable: AnsibleVariable, owner: string, taking: Taking): string | undefined {
  const { name, value } = variable;
  const hidden = (what: string): undefined => {
    const secret = referTo(name, owner, taking);
    const remedy = `donnez-la par la variable d’environnement ${secretVariable(secret)} (secret « ${secret} »)`;
    tell(variable, taking, `la valeur de « ${name} » ${what} : elle n’est pas copiée`, remedy);
  };
  switch (value.type) {
    case "text":
      return isSecretName(name) ? hidden("a l’air d’un secret") : value.text;
    case "vault":
      return hidden("est chiffrée par Ansible Vault");
    case "composite":
      tell(
        variable,
        taking,
        `« ${name} » est une liste ou un dictionnaire : seuls les textes se reprennent`,
        "écrivez une variable par valeur qui sert",
      );
      return undefined;
    case "template":
      tell(
        variable,
        taking,
        `« ${name} » est un modèle Jinja : il n’est pas repris`,
        "écrivez sa valeur, ou {{nom}} pour celle d’une autre variable",
      );
      return undefined;
    case "empty":
      tell(
        variable,
        taking,
        `« ${name} » est vide : elle n’est pas reprise`,
        "donnez-lui une valeur dans l’inventaire, si un runbook s’en sert",
      );
      return undefined;
    default:
      return exhaustive(value);
  }
}
