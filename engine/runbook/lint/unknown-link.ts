import type { Definition, Link } from "mdast";
import { visit } from "unist-util-visit";
import { closest } from "../../base/closest.ts";
import type { Runbook } from "../../model/runbook.ts";
import { sectionNames } from "../section-names.ts";
import type { LintedFile, LintRule } from "./world.ts";

/** A link of the prose to a place of the report leads somewhere: elsewhere it prints as plain text, without number or page. */
export const unknownLink: LintRule = ({ files, complete }) => {
  if (!complete) return;
  const known = new Set(files.flatMap(({ runbook }) => placesOf(runbook)));
  for (const { runbook, report } of files) {
    for (const node of linksOf(runbook)) {
      const name = decoded(node.url);
      if (known.has(name)) continue;
      const near = closest(name, known);
      report({
        rule: "unknown-link",
        place: placeOf(node, runbook),
        reason: `Le renvoi « #${name} » ne mène à aucune capture, aucun bloc, aucune section ni aucun chapitre.`,
        remedy:
          near === undefined
            ? "Écrivez l’identifiant d’un bloc, celui d’une capture (3-statut-corosync), section-3.2 ou chapitre-3 ; constat explain montre ceux d’un runbook."
            : `Vouliez-vous écrire « #${near} » ?`,
        severity: "warning",
      });
    }
  }
};

function placesOf({ chapter, blocks, placeholders, sections }: Runbook): readonly string[] {
  return [
    `chapitre-${chapter}`,
    ...blocks.flatMap(({ id }) => [id, `bloc-${id}`]),
    ...placeholders.flatMap(({ id }) => [id, `figure-${id}`]),
    ...sections.flatMap(sectionNames),
  ];
}

/** Links within the document, whether written in place or by a definition. */
function linksOf({ tree }: Runbook): readonly (Link | Definition)[] {
  const links: (Link | Definition)[] = [];
  visit(tree, (node) => {
    if ((node.type === "link" || node.type === "definition") && /^#./.test(node.url)) links.push(node);
  });
  return links;
}

/** Where the `#` is written. */
function placeOf(node: Link | Definition, { source }: LintedFile["runbook"]) {
  const { start, end } = node.position ?? {};
  if (start?.offset === undefined || end?.offset === undefined) return start;
  const text = source.replace(/^\uFEFF/, "").slice(start.offset, end.offset);
  const at = text.lastIndexOf("#");
  const before = text.slice(0, Math.max(0, at)).split("\n");
  const column = (before.at(-1)?.length ?? 0) + (before.length === 1 ? start.column : 1);
  return { line: start.line + before.length - 1, column };
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url.slice(1));
  } catch {
    return url.slice(1);
  }
}
