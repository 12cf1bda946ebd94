import { closest } from "../base/closest.ts";
import { LOCAL } from "../model/inventory.ts";
import { environmentName } from "../model/values.ts";
import { checkManagement } from "./check-management.ts";
import type { Complain } from "./complain.ts";
import { parseEndpoint } from "./endpoint.ts";
import type { YamlPath } from "./field-at.ts";
import type { Layer, LayerNode } from "./inventory-schema.ts";

/** Checks what only the whole chain of files can tell: references between its parts, doubles, what is missing. */
export function checkInventory(inventory: Layer, nodes: Readonly<Record<string, LayerNode>>, complain: Complain): void {
  if (Object.keys(nodes).length === 0) {
    complain([["nodes"]], {
      rule: "inventory-empty",
      reason: "l’inventaire n’a aucun nœud",
      remedy: "ajoutez au moins un nœud, par exemple nodes: { pve1: { address: 192.0.2.11 } }",
    });
  }
  checkNames(nodes, complain);
  checkAddresses(nodes, complain);
  checkGroups(inventory.groups ?? {}, nodes, complain);
  for (const [name, node] of Object.entries(nodes)) {
    checkAccess(name, node, inventory.secrets ?? {}, complain);
    checkManagement(name, node, nodes, inventory.secrets ?? {}, complain);
  }
}

function checkNames(nodes: Readonly<Record<string, LayerNode>>, complain: Complain): void {
  const seen = new Map<string, string>();
  for (const name of Object.keys(nodes)) {
    const taken = seen.get(environmentName(name));
    seen.set(environmentName(name), name);
    const reason =
      name === LOCAL
        ? `« ${LOCAL} » désigne déjà la machine qui exécute`
        : taken && `« ${taken} » et « ${name} » donneraient les mêmes variables d’environnement`;
    if (reason)
      complain([["nodes", name]], { rule: "inventory-name", reason, remedy: "donnez un autre nom à ce nœud" }, "key");
  }
}

function checkAddresses(nodes: Readonly<Record<string, LayerNode>>, complain: Complain): void {
  const owners = new Map<string, string>();
  for (const [name, { address }] of Object.entries(nodes)) {
    if (address === undefined) {
      complain(
        [["nodes", name]],
        {
          rule: "inventory-address",
          reason: `le nœud « ${name} » n’a pas d’adresse`,
          remedy: `écrivez ${name}: { address: 192.0.2.11 }`,
        },
        "key",
      );
      continue;
    }
    const owner = owners.get(address.toLowerCase());
    if (owner !== undefined) {
      complain([["nodes", name, "address"]], {
        rule: "inventory-address",
        reason: `« ${owner} » et « ${name} » ont la même adresse ${address}`,
        remedy: "donnez à chaque nœud la sienne, ou retirez le nœud en double",
      });
    }
    owners.set(address.toLowerCase(), name);
  }
}

function checkGroups(
  groups: Readonly<Record<string, readonly string[]>>,
  nodes: Readonly<Record<string, LayerNode>>,
  complain: Complain,
): void {
  for (const [group, members] of Object.entries(groups)) {
    if (Object.hasOwn(nodes, group)) {
      const reason = `le groupe « ${group} » porte le nom d’un nœud`;
      complain(
        [["groups", group]],
        { rule: "inventory-group", reason, remedy: "donnez un autre nom au groupe" },
        "key",
      );
    }
    if (members.length === 0) {
      const remedy = `écrivez par exemple ${group}: [${Object.keys(nodes).slice(0, 2).join(", ")}]`;
      complain(
        [["groups", group]],
        { rule: "inventory-group", reason: `le groupe « ${group} » est vide`, remedy },
        "key",
      );
    }
    members.forEach((member, index) => {
      const path = ["groups", group, index];
      if (!Object.hasOwn(nodes, member)) {
        complain([path], {
          rule: "inventory-group",
          reason: `le groupe « ${group} » nomme un nœud inconnu : « ${member} »`,
          remedy: suggestOne(member, Object.keys(nodes), "nœuds"),
        });
      } else if (members.indexOf(member) !== index) {
        const reason = `le groupe « ${group} » nomme deux fois « ${member} »`;
        complain([path], { rule: "inventory-group", reason, remedy: "gardez-le une seule fois" });
      }
    });
  }
}

function checkAccess(
  name: string,
  node: LayerNode,
  secrets: Readonly<Record<string, unknown>>,
  complain: Complain,
): void {
  for (const access of ["ssh", "pve", "bmc"] as const) {
    const { password, connect } = node[access] || {};
    const pathsTo = (key: string): readonly YamlPath[] => [
      ["nodes", name, access, key],
      ["nodes", name, key, access],
      ["defaults", access, key],
      ["defaults", key, access],
    ];
    if (connect !== undefined && parseEndpoint(connect) === undefined) {
      complain(pathsTo("connect"), {
        rule: "inventory-value",
        reason: `le port de « ${connect} » n’existe pas`,
        remedy: "écrivez hôte:port avec un port de 1 à 65535",
      });
    }
    checkToken(name, access, node[access] || {}, pathsTo, complain);
    const totp = access === "pve" && node.pve ? node.pve.totp : undefined;
    if (totp !== undefined && !Object.hasOwn(secrets, totp)) {
      complain(pathsTo("totp"), {
        rule: "inventory-secret",
        reason: `« pve.totp » de « ${name} » ne nomme aucun secret déclaré`,
        remedy: suggestOne(totp, Object.keys(secrets), "secrets"),
      });
    }
    if (password !== undefined && !Object.hasOwn(secrets, password)) {
      // The word is not repeated: it may be a password written in place of a name.
      complain(pathsTo("password"), {
        rule: "inventory-secret",
        reason: `« ${access}.password » de « ${name} » ne nomme aucun secret déclaré`,
        remedy: suggestOne(password, Object.keys(secrets), "secrets"),
      });
    }
  }
}

/** The web page and the renewal of a session need a user's ticket, which a token cannot give. */
function checkToken(
  name: string,
  access: string,
  { user }: { readonly user?: string | undefined },
  pathsTo: (key: string) => readonly YamlPath[],
  complain: Complain,
): void {
  if (access !== "pve" || user?.includes("!") !== true) return;
  complain(pathsTo("user"), {
    rule: "inventory-value",
    reason: `« pve.user » de « ${name} » est un jeton d’API : l’interface web et plusieurs méthodes le refusent`,
    remedy: `écrivez le compte seul, user: ${user.split("!")[0]}, et le secret de son mot de passe`,
  });
}

function suggestOne(word: string, candidates: readonly string[], noun: string): string {
  const suggestion = closest(word, candidates);
  if (suggestion !== undefined) return `vouliez-vous dire « ${suggestion} » ?`;
  return candidates.length === 0
    ? `aucun n’est déclaré ; ajoutez-le à l’inventaire`
    : `${noun} déclarés : ${candidates.join(", ")}`;
}
