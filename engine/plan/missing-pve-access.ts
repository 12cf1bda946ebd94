import type { Credential } from "../model/credential.ts";
import type { Inventory, PveAccess } from "../model/inventory.ts";
import type { Step } from "../model/plan.ts";
import { tokenRefusal } from "../model/pve-token.ts";
import type { PlanProblem } from "./plan-problem.ts";

/** The nodes whose API or web page a step asks for and that the inventory gives nothing to open with. */
export function missingPveAccess(
  { for: what, on, place }: Extract<Credential, { type: "pve-access" }>,
  { id, targets }: Step,
  { nodes, file }: Inventory,
): readonly PlanProblem[] {
  const asked = on === undefined ? targets : [on];
  return nodes
    .filter(({ name }) => asked.includes(name))
    .flatMap(({ name, pve }) => {
      if (pve === undefined || pve.password !== undefined) return [];
      const why = lackOf(what, pve);
      if (why === undefined) return [];
      return {
        place,
        reason: `le bloc #${id} demande ${why} de ${name}, que l’inventaire ne donne pas`,
        remedy: `ajoutez à ${name} dans ${file} : pve: { password: nom du secret }${what === "page" || pve.token !== undefined ? "" : ", ou pve: { token: { id: …, secret: … } }"}`,
      };
    });
}

/** Undefined where the token will do. */
function lackOf(
  what: Extract<Credential, { type: "pve-access" }>["for"],
  { user, token }: PveAccess,
): string | undefined {
  if (what === "page") {
    const besides = token === undefined ? "" : ` (elle n’admet pas le jeton ${token.id})`;
    return `le mot de passe de ${user} pour l’interface web${besides}`;
  }
  if (token === undefined) return `le mot de passe de ${user}, ou un jeton, pour l’API`;
  const refusal = tokenRefusal(what.method, what.path);
  if (refusal === undefined) return undefined;
  return `le mot de passe de ${user} pour « ${what.method} ${what.path} » (le jeton ${token.id} n’y suffit pas)`;
}
