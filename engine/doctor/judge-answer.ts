import type { InventoryNode } from "../model/inventory.ts";
import type { HttpAnswer } from "../transports/port.ts";
import type { Observation } from "./observation.ts";

/** Why an answer of a node's API is none; undefined when it is one (200). */
export function judgeAnswer(
  node: InventoryNode,
  { status, reason }: HttpAnswer,
  redact: (text: string) => string,
): Observation | undefined {
  if (status === 200) return undefined;
  const [code, remedy] = causeOf(node, status);
  return {
    ...{ subject: { type: "node", name: node.name }, check: "api", status: "error", code, remedy },
    text: `l’API répond HTTP ${status} ${redact(reason)}`.trimEnd(),
  };
}

function causeOf({ hostname, name, pve }: InventoryNode, status: number): readonly [code: string, remedy: string] {
  switch (status) {
    case 401:
      if (pve?.token !== undefined) {
        return [
          "API_UNAUTHORIZED",
          `Le jeton ${pve.token.id} est inconnu, échu, ou le secret « ${pve.token.secret} » n’est pas sa valeur : pveum user token list.`,
        ];
      }
      return [
        "API_UNAUTHORIZED",
        "La session est refusée aussitôt ouverte : comparez les horloges, et relancez pveproxy et pvedaemon sur ce nœud.",
      ];
    case 403:
      return [
        "API_FORBIDDEN",
        "Donnez à ce compte un rôle qui lit le cluster (PVEAuditor au moins), ou employez root@pam.",
      ];
    case 595:
    case 596:
      return [
        "API_RELAY_FAILED",
        `Le nœud joint relaie la question vers « ${hostname} », qu’il n’atteint pas : vérifiez « hostname » de ${name} dans l’inventaire, et que les nœuds se joignent entre eux (port 8006).`,
      ];
    default:
      return [
        "API_TROUBLE",
        `Vérifiez que « ${hostname} » est bien le nom de ce nœud dans Proxmox, puis l’état de pveproxy et de pvedaemon (systemctl status).`,
      ];
  }
}
