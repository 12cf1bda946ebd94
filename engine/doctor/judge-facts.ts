import { shortName } from "../base/short-name.ts";
import type { InventoryNode } from "../model/inventory.ts";
import type { NodeFacts } from "./ask-node.ts";
import { judgeClock } from "./judge-clock.ts";
import { judgeVersion } from "./judge-version.ts";
import type { Observation, Subject } from "./observation.ts";
import { sizeWords } from "./size-words.ts";

/** Packages of Ceph, an ISO, a disk image: below the first a chapter fails, below the second one may. */
const NEEDED_BYTES = 2 * 1024 ** 3;
const COMFORTABLE_BYTES = 8 * 1024 ** 3;

/** What the answers of a node over ssh are worth. `timeScale` is the inventory's: a lab's clock is none. */
export function judgeFacts(node: InventoryNode, facts: NodeFacts, timeScale: number): readonly Observation[] {
  const subject: Subject = { type: "node", name: node.name };
  return [
    hostname(node, facts, subject),
    judgeVersion(node, facts.version, subject),
    privileges(node, facts, subject),
    judgeClock(subject, facts.clock, timeScale),
    disk(facts, subject),
  ];
}

function hostname(node: InventoryNode, { hostname: real }: NodeFacts, subject: Subject): Observation {
  const seen = { subject, check: "hostname" } as const;
  if (real === "" || shortName(real) === shortName(node.hostname))
    return { ...seen, status: "ok", text: real || node.hostname };
  return {
    ...seen,
    status: "error",
    code: "NODE_NAME_MISMATCH",
    text: `la machine s’appelle « ${real} », et l’inventaire attend « ${node.hostname} »`,
    remedy: `Si c’est la bonne machine, écrivez « hostname: ${shortName(real)} » pour ${node.name} dans l’inventaire ; sinon, corrigez son adresse.`,
  };
}

function privileges(node: InventoryNode, { rights }: NodeFacts, subject: Subject): Observation {
  const seen = { subject, check: "privileges" } as const;
  const user = node.ssh?.user ?? "root";
  if (rights === "root") return { ...seen, status: "ok", text: "root" };
  if (rights === "sudo") {
    const remedy = `Ajoutez « sudo: true » à l’accès « ssh » de ${node.name} : les blocs des runbooks s’exécutent en root.`;
    const text = `${user} n’est pas root, mais sudo lui est ouvert sans mot de passe`;
    return { ...seen, status: "warning", code: "NOT_ROOT", text, remedy };
  }
  const remedy = `Écrivez « ssh: { user: root } » pour ${node.name}, avec une clé que root accepte, ou « sudo: » suivi du nom du secret qui est son mot de passe.`;
  const text = `${user} n’est pas root et n’a pas sudo sans mot de passe`;
  return { ...seen, status: "error", code: "NOT_ROOT", text, remedy };
}

function disk({ free }: NodeFacts, subject: Subject): Observation {
  const seen = { subject, check: "disk" } as const;
  const places = Object.entries(free).filter(([place]) => place !== "/tmp" || !Object.hasOwn(free, "/"));
  const [tightest] = places.toSorted(([, a], [, b]) => a - b);
  if (tightest === undefined) return { ...seen, status: "unchecked", text: "place libre inconnue" };
  const [place, bytes] = tightest;
  const text = `${sizeWords(bytes)} libres sur ${place}`;
  if (bytes >= COMFORTABLE_BYTES) return { ...seen, status: "ok", text };
  const remedy = `Faites de la place sur ${place} : il faut ${sizeWords(NEEDED_BYTES)} pour les paquets de Ceph, et ${sizeWords(COMFORTABLE_BYTES)} avec une image et son ISO.`;
  return { ...seen, status: bytes < NEEDED_BYTES ? "error" : "warning", code: "DISK_LOW", text, remedy };
}
