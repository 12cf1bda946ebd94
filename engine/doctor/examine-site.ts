import { inParallel } from "../base/in-parallel.ts";
import type { Inventory } from "../model/inventory.ts";
import type { DoctorDoors } from "./doors.ts";
import { examineNode, type NodeSeen } from "./examine-node.ts";
import { judgeClocks } from "./judge-clock.ts";
import { judgeVersions } from "./judge-version.ts";
import type { Look } from "./looked.ts";
import type { Observation } from "./observation.ts";

/** So many nodes are looked at side by side. */
const SIDE_BY_SIDE = 8;

/** Looks at these nodes of a site, then at what they must have in common. */
export async function examineSite(
  { nodes, timeScale }: Pick<Inventory, "nodes" | "timeScale">,
  doors: DoctorDoors,
  look: Look,
): Promise<readonly Observation[]> {
  const seen = await inParallel(nodes, SIDE_BY_SIDE, async (node) => await examineNode(node, timeScale, doors, look));
  const each = <T>(take: (node: NodeSeen) => T | undefined) =>
    seen.flatMap((one): (readonly [string, T])[] => {
      const value = take(one);
      return value === undefined ? [] : [[one.node.name, value]];
    });
  return [
    ...seen.flatMap(({ observations }) => observations),
    ...judgeVersions(each(({ version }) => version)),
    ...judgeClocks(each(({ clock }) => clock)),
    ...twice(each(({ machineId }) => machineId)),
  ];
}

/** Two names for one machine, or a machine that was copied with its identity. */
function twice(machines: readonly (readonly [node: string, id: string])[]): readonly Observation[] {
  return [...Map.groupBy(machines, ([, id]) => id).values()]
    .filter((alike) => alike.length > 1)
    .map((alike) => ({
      ...{ subject: { type: "site" }, check: "homogeneous", status: "warning", code: "MACHINE_TWICE" },
      text: `${alike.map(([name]) => name).join(" et ")} ont le même identifiant de machine`,
      remedy:
        "Si deux noms de l’inventaire mènent à la même machine, corrigez une adresse ; si c’est une copie, donnez-lui un /etc/machine-id (systemd-machine-id-setup).",
    }));
}
