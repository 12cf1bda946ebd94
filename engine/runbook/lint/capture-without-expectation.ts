import { isCollection, isMap, parseDocument } from "yaml";
import type { Block } from "../../model/runbook.ts";
import type { LintRule } from "./world.ts";

const PICTURES: ReadonlySet<string> = new Set(["browser", "console"]);

/** A picture says something true only when something on it is checked. */
export const captureWithoutExpectation: LintRule = ({ blocks }) => {
  for (const { block, report } of blocks) {
    if (!PICTURES.has(block.kind) || block.settings.capture === undefined || expectsSomething(block)) continue;
    report({
      rule: "capture-without-expectation",
      place: block.place,
      reason: `Rien ne vérifie que l’image « ${String(block.settings.capture)} » montre ce que dit son libellé.`,
      remedy:
        "Ajoutez « expect: » dans le corps du bloc : une ligne, un champ ou une valeur de l’API qui doit s’y trouver.",
    });
  }
};

function expectsSomething(block: Block): boolean {
  if ((block.settings.expect ?? []).length > 0) return true;
  const { contents, errors } = parseDocument(block.body, { logLevel: "silent", prettyErrors: false });
  // A body that cannot be read is the kind's own message.
  if (errors.length > 0 || !isMap(contents)) return true;
  const expect = contents.get("expect", true);
  return isCollection(expect) && expect.items.length > 0;
}
