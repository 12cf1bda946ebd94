import { KINDS } from "../kinds/index.ts";
import type { Finding } from "../model/finding.ts";
import type { Place } from "../model/place.ts";
import type { Block, Runbook } from "../model/runbook.ts";
import { doubtsAbout, placeInBody } from "../runbook/reading/index.ts";

const REMEDY = "Marquez ce bloc .action, ou retirez-en ce qui modifie la machine ; il n’a pas été exécuté.";
const TRUST = "Écrivez ce contrôle avec des commandes connues ; ou, si vous en répondez, --trust-checks l’exécute.";

/** What stands against asking a check, as far as its text says, with its place; empty when it is known to read only. */
export function judgeBlock(block: Block, runbook: Runbook, trust: boolean): readonly Finding[] {
  switch (block.kind) {
    case "shell":
      return doubtsAbout(block.body)
        .filter(({ type }) => type === "changes" || !trust)
        .map(({ type, reason, offset }) => finding(type, reason, placeInBody(runbook, block, offset), block));
    case "http": {
      const asked = /^(?!\s*(?:#|\/\/|$))\s*([A-Za-z]+)\s+\S/m.exec(block.body);
      const method = asked?.[1]?.toUpperCase() ?? "";
      if (/^(?:GET|HEAD)$/.test(method)) return [];
      const reason = `Un .check ne fait que lire, or il envoie ${method === "" ? "une requête illisible" : method}.`;
      return [finding("changes", reason, placeInBody(runbook, block, asked?.index ?? 0), block)];
    }
    case "file":
      return [finding("changes", "Un bloc .file écrit : ce n’est pas un contrôle.", block.place, block)];
    case "console":
      return KINDS.console
        .inspect(block)
        .filter(({ rule }) => rule === "console-role")
        .map(({ reason, place }) => finding("changes", `${reason[0]?.toUpperCase()}${reason.slice(1)}.`, place, block));
    // What a page would send is only seen when it sends it.
    case "browser":
    case "watch":
    case "manual":
      return [];
  }
}

function finding(type: "changes" | "unknown", reason: string, place: Place, { id, settings }: Block): Finding {
  return {
    rule: type === "changes" ? "check-changes" : "check-unproven",
    severity: type === "changes" ? "error" : "warning",
    subject: `#${id}`,
    text: reason,
    remedy: type === "changes" ? REMEDY : TRUST,
    place,
    requirements: settings.exigence,
  };
}
