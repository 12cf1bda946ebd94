import type { Complain } from "./complain.ts";
import type { LayerNode } from "./inventory-schema.ts";

/** Checks what a management controller and a virtual screen need: an address, both halves of a login, known secrets, a known host. */
export function checkManagement(
  name: string,
  node: LayerNode,
  nodes: Readonly<Record<string, LayerNode>>,
  secrets: Readonly<Record<string, unknown>>,
  complain: Complain,
): void {
  const at = (...path: string[]) => [
    ["nodes", name, ...path],
    ["defaults", ...path],
  ];
  const bmc = node.bmc || undefined;
  if (node.power === "bmc" && bmc === undefined) {
    complain(at("power"), {
      rule: "inventory-value",
      reason: `l’alimentation de « ${name} » est confiée à un contrôleur de gestion qu’il n’a pas`,
      remedy: "ajoutez « bmc » à ce nœud, ou écrivez power: manual, ou power: { host, off, on }",
    });
  }
  if (bmc !== undefined && bmc.host === undefined) {
    complain(
      at("bmc"),
      {
        rule: "inventory-address",
        reason: `le contrôleur de gestion de « ${name} » n’a pas d’adresse`,
        remedy: "écrivez bmc: { host: 192.0.2.131, … } : ce n’est pas l’adresse du nœud",
      },
      "key",
    );
  }
  if (bmc !== undefined && (bmc.user === undefined) !== (bmc.password === undefined)) {
    complain(at("bmc", bmc.user === undefined ? "password" : "user"), {
      rule: "inventory-value",
      reason: `« bmc » de « ${name} » n’a que la moitié d’un compte`,
      remedy: "donnez `user` et `password`, ou aucun des deux",
    });
  }
  for (const [account, { password }] of Object.entries(bmc?.accounts ?? {})) {
    if (Object.hasOwn(secrets, password)) continue;
    complain(at("bmc", "accounts", account, "password"), {
      rule: "inventory-secret",
      reason: `le compte « ${account} » du contrôleur de « ${name} » ne nomme aucun secret déclaré`,
      remedy: `secrets déclarés : ${Object.keys(secrets).join(", ") || "aucun"}`,
    });
  }
  const screen = node.console || undefined;
  if (screen === undefined) return;
  if (screen.host === undefined || screen.vmid === undefined || !Object.hasOwn(nodes, screen.host)) {
    complain(at("console"), {
      rule: "inventory-value",
      reason: `« console » de « ${name} » doit dire sur quel nœud de l’inventaire et sous quel numéro tourne la machine`,
      remedy: `écrivez console: { host: ${Object.keys(nodes).find((other) => other !== name) ?? "pve1"}, vmid: 201 }`,
    });
  }
}
