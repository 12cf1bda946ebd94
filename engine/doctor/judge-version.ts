import type { InventoryNode } from "../model/inventory.ts";
import type { Observation, Subject } from "./observation.ts";

/** Releases against which the runbooks were made, as a beginning of their number. */
const PROVEN = ["8.4", "9"] as const;

/** What a node's release of Proxmox VE is worth; undefined: it has none. */
export function judgeVersion(node: InventoryNode, version: string | undefined, subject: Subject): Observation {
  const seen = { subject, check: "version" } as const;
  if (version === undefined) {
    return {
      ...{ ...seen, status: "warning", code: "PVE_ABSENT" },
      text: "Proxmox VE n’est pas installé sur cette machine",
      remedy: "Les chapitres 1 et 2 l’installent ; les autres demandent qu’il le soit.",
    };
  }
  if (node.version !== undefined && !begins(version, node.version)) {
    return {
      ...{ ...seen, status: "error", code: "VERSION_MISMATCH" },
      text: `Proxmox VE ${version}, et l’inventaire dit ${node.version}`,
      remedy: `Corrigez « version » de ${node.name} dans l’inventaire : des variables en dépendent.`,
    };
  }
  if (PROVEN.some((release) => begins(version, release))) return { ...seen, status: "ok", text: version };
  return {
    ...{ ...seen, code: "VERSION_UNPROVEN" },
    status: Number.parseInt(version, 10) < 8 ? "error" : "warning",
    text: `Proxmox VE ${version} : les runbooks sont éprouvés avec ${PROVEN.join(" et ")}`,
    remedy: "Mettez ce nœud à jour, ou jouez d’abord les runbooks sur un cluster d’essai de cette version.",
  };
}

/** A cluster wants one major release on all nodes. */
export function judgeVersions(versions: readonly (readonly [node: string, version: string])[]): readonly Observation[] {
  const majors = Map.groupBy(versions, ([, version]) => Number.parseInt(version, 10));
  if (majors.size < 2) return [];
  const each = [...majors].map(([major, nodes]) => `${major} sur ${nodes.map(([name]) => name).join(", ")}`);
  return [
    {
      ...{ subject: { type: "site" }, check: "homogeneous", status: "warning", code: "VERSIONS_DIFFER" },
      text: `les nœuds n’ont pas la même version majeure : ${each.join(" ; ")}`,
      remedy: "Mettez-les tous à la même version avant de les réunir : un cluster n’en admet pas deux durablement.",
    },
  ];
}

function begins(version: string, release: string): boolean {
  return `${version}.`.startsWith(`${release}.`);
}
