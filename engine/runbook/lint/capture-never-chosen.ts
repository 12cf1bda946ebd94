import { isMap, parseDocument } from "yaml";
import { LOCAL } from "../../model/inventory.ts";
import type { Block } from "../../model/runbook.ts";
import type { LintRule } from "./world.ts";

/**
 * Of several blocks for one caption, the first that a site can run wins. One that asks for everything an earlier one asks for
 * (or more) can run only where the earlier one can, so it is never chosen.
 */
export const captureNeverChosen: LintRule = ({ blocks }) => {
  const serving = new Map<string, Block[]>();
  for (const { block, runbook, report } of blocks) {
    const { capture } = block.settings;
    if (typeof capture !== "string") continue;
    const key = `${runbook.file}\n${capture}`;
    const earlier = serving.get(key) ?? [];
    const wanted = demands(block);
    const winner = earlier.find((candidate) => demands(candidate).isSubsetOf(wanted));
    serving.set(key, [...earlier, block]);
    if (winner === undefined) continue;
    report({
      rule: "capture-never-chosen",
      place: block.raw["capture"]?.place ?? block.place,
      reason: `Ce bloc ne fournira jamais la capture « ${capture} » : #${winner.id} (ligne ${winner.place.line}) passe avant et s’exécute partout où celui-ci le pourrait.`,
      remedy:
        "Placez le plus exigeant en premier, retirez l’un des deux « capture », ou donnez-lui son propre libellé.",
    });
  }
};

/** What a site must offer for the block to run, as `node`, `node shell`, `node pve`, `browser`. */
function demands(block: Block): ReadonlySet<string> {
  const nodes = (block.settings.on ?? []).filter((target) => target !== LOCAL);
  const wanted = new Set<string>([...nodes, ...(block.settings.when ?? [])]);
  switch (block.kind) {
    case "manual":
      wanted.add("operator");
      break;
    case "watch":
      for (const node of nodes) wanted.add(`${node} pve`);
      break;
    case "shell":
    case "file":
      for (const node of nodes) wanted.add(`${node} shell`);
      break;
    case "http":
      for (const node of nodes) wanted.add(`${node} ${asksController(block.body) ? "bmc" : "pve"}`);
      break;
    case "console":
      for (const node of nodes) wanted.add(`${node} console`);
      break;
    case "browser":
      wanted.add("browser");
      if (showsView(block.body)) for (const node of nodes) wanted.add(`${node} pve`);
      break;
  }
  return wanted;
}

function showsView(body: string): boolean {
  const { contents } = parseDocument(body, { logLevel: "silent", prettyErrors: false });
  return isMap(contents) && contents.has("view");
}

function asksController(body: string): boolean {
  return /^[ \t]*[A-Z]+[ \t]+bmc:/m.test(body);
}
