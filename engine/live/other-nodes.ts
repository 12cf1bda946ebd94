import type { Event, NodeIdentified } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import { LOCAL } from "../model/inventory.ts";

/** Keys that an inventory pins, by node. */
export type PinnedKeys = ReadonlyMap<string, readonly string[]>;

/**
 * Machines that are not those of the recorded run: another machine-id, or pinned keys of which none is the same. Such a finding is an
 * error; a machine of which it cannot be said is a warning.
 */
export function otherNodes(
  recorded: readonly Event[],
  now: readonly Event[],
  keys: { readonly recorded: PinnedKeys; readonly now: PinnedKeys },
  asked: ReadonlySet<string>,
): readonly Finding[] {
  const [before, after] = [identities(recorded), identities(now)];
  return [...asked]
    .filter((node) => node !== LOCAL)
    .flatMap((node): readonly Finding[] => {
      const was = before.get(node)?.facts["machine-id"] ?? "";
      const is = after.get(node)?.facts["machine-id"] ?? "";
      const address = after.get(node)?.address ?? "";
      if (was !== "" && is !== "" && was !== is)
        return [
          other(
            node,
            `La machine ${node} (${address}) n’est pas celle des preuves : machine-id ${is} au lieu de ${was}.`,
          ),
        ];
      const [old, current] = [keys.recorded.get(node) ?? [], keys.now.get(node) ?? []];
      if (was !== "" && was === is) return [];
      if (old.length > 0 && current.length > 0)
        return old.some((key) => current.includes(key))
          ? []
          : [
              other(
                node,
                `Aucune clé épinglée de ${node} (${current.join(", ")}) n’est de celles des preuves (${old.join(", ")}).`,
              ),
            ];
      return [unproven(node)];
    });
}

function identities(events: readonly Event[]): ReadonlyMap<string, NodeIdentified> {
  return new Map(events.flatMap((event) => (event.type === "node-identified" ? [[event.node, event] as const] : [])));
}

function other(node: string, text: string): Finding {
  const remedy =
    "Donnez l’inventaire du cluster qui a été relevé ; si cette machine le remplace vraiment, dites-le par --other-nodes.";
  return { rule: "other-nodes", severity: "error", subject: node, text, remedy };
}

function unproven(node: string): Finding {
  const text = `Rien ne dit que ${node} est la machine des preuves : ni machine-id, ni clé d’hôte épinglée des deux côtés.`;
  const remedy = "Épinglez les clés d’hôte dans l’inventaire, ou vérifiez l’adresse autrement.";
  return { rule: "node-unproven", severity: "warning", subject: node, text, remedy };
}
