import type { InventoryNode } from "../model/inventory.ts";
import { askNode, type NodeFacts } from "./ask-node.ts";
import type { DoctorDoors } from "./doors.ts";
import { type ApiSeen, examineApi } from "./examine-api.ts";
import { examineBmc } from "./examine-bmc.ts";
import { judgeClock } from "./judge-clock.ts";
import { judgeFacts } from "./judge-facts.ts";
import { judgeVersion } from "./judge-version.ts";
import { type Look, type Looked, looked } from "./looked.ts";
import type { Observation, Subject } from "./observation.ts";

/** What was found on one node, and what is compared with the other ones. */
export interface NodeSeen {
  readonly node: InventoryNode;
  readonly observations: readonly Observation[];
  readonly version: string | undefined;
  readonly clock: NodeFacts["clock"];
  readonly machineId: string | undefined;
}

/** Looks at one node through each of the doors that the inventory gives it. */
export async function examineNode(
  node: InventoryNode,
  timeScale: number,
  doors: DoctorDoors,
  look: Look,
): Promise<NodeSeen> {
  const subject: Subject = { type: "node", name: node.name };
  const controller = examineBmc(node, doors, look);
  const asked = node.ssh && (await looked(subject, "ssh", look, async (signal) => await askNode(node, doors, signal)));
  const facts = asked?.status === "seen" ? asked.value : undefined;
  const api = await throughApi(node, asked, doors, look);
  const version = facts?.version ?? api?.version;
  const clock = facts?.clock ?? api?.clock;
  const known: readonly Observation[] =
    facts !== undefined
      ? judgeFacts(node, { ...facts, version }, timeScale)
      : // Only the API speaks for it.
        version === undefined
        ? []
        : [judgeVersion(node, version, subject), judgeClock(subject, clock, timeScale)];
  const observations = [...reached(node, asked), ...known, ...(api?.observations ?? []), ...(await controller)];
  return { node, observations, version, clock: timeScale === 1 ? clock : undefined, machineId: facts?.machineId };
}

function reached(node: InventoryNode, asked: Looked<NodeFacts> | undefined): readonly Observation[] {
  if (asked === undefined || node.ssh === undefined) return [];
  if (asked.status === "failed") return [orToBeInstalled(asked)];
  const by = node.ssh.hostKeys.length > 0 ? "clé épinglée" : "clé connue de known_hosts";
  return [{ subject: { type: "node", name: node.name }, check: "ssh", status: "ok", text: `${node.ssh.user}, ${by}` }];
}

/** A machine that the first chapters are to install cannot answer before them. */
function orToBeInstalled({
  code,
  observation,
}: Extract<Looked<NodeFacts>, { readonly status: "failed" }>): Observation {
  const away = code === "SSH_UNREACHABLE" || code === "SSH_TIMEOUT";
  if (!away || observation.status !== "error") return observation;
  const remedy = `${observation.remedy} Si les chapitres 1 ou 2 doivent encore l’installer, c’est attendu.`;
  return { ...observation, remedy };
}

async function throughApi(
  node: InventoryNode,
  asked: Looked<NodeFacts> | undefined,
  doors: DoctorDoors,
  look: Look,
): Promise<ApiSeen | undefined> {
  if (node.pve === undefined) return undefined;
  const subject: Subject = { type: "node", name: node.name };
  if (node.pve.fingerprint === undefined && asked?.status === "failed") {
    const text = "son certificat se lit par ssh, faute de « fingerprint » dans l’inventaire";
    return { observations: [{ subject, check: "api", status: "unchecked", text }] };
  }
  const api = await examineApi(node, doors, look);
  if (asked?.status !== "seen" || asked.value.version !== undefined || api.version !== undefined) return api;
  const text = "Proxmox VE n’est pas installé";
  return { observations: [{ subject, check: "api", status: "unchecked", text }] };
}
