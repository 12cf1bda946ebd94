import { LOCAL } from "../model/inventory.ts";
import { environmentName } from "../model/values.ts";
import { checkGroups } from "./check-groups.ts";
import { checkManagement } from "./check-management.ts";
import type { Complain } from "./complain.ts";
import { parseEndpoint } from "./endpoint.ts";
import type { YamlPath } from "./field-at.ts";
import type { Layer, LayerNode } from "./inventory-schema.ts";
import { suggestOne } from "./suggest-one.ts";

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

function checkAccess(
  name: string,
  node: LayerNode,
  secrets: Readonly<Record<string, unknown>>,
  complain: Complain,
): void {
  for (const access of ["ssh", "pve", "bmc"] as const) {
    const { connect } = node[access] || {};
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
    for (const [key, secret] of secretsOf(node, access)) {
      if (Object.hasOwn(secrets, secret)) continue;
      // The word is not repeated: it may be a password written in place of a name.
      complain(pathsTo(key), {
        rule: "inventory-secret",
        reason: `« ${access}.${key} » de « ${name} » ne nomme aucun secret déclaré`,
        remedy: suggestOne(secret, Object.keys(secrets), "secrets"),
      });
    }
  }
}

/** The fields of an access that name a secret, and what they name. */
function secretsOf(node: LayerNode, access: "ssh" | "pve" | "bmc"): readonly (readonly [string, string])[] {
  const { password } = node[access] || {};
  const { passphrase, sudo } = (access === "ssh" && node.ssh) || {};
  const { totp, token } = (access === "pve" && node.pve) || {};
  return Object.entries({ password, passphrase, sudo, totp, token: token?.secret }).flatMap(([key, value]) =>
    typeof value === "string" ? [[key, value] as const] : [],
  );
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
    reason: `« pve.user » de « ${name} » est un jeton d’API : l’interface web et plusieurs méthodes le refusent`,
    remedy: `écrivez le compte seul, user: ${user.split("!")[0]}, et le secret de son mot de passe`,
  });
}
