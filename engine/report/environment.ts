import type { NodeFacts, Report } from "../model/report.ts";
import type { RunFacts } from "./run-facts.ts";
import { typeset } from "./typography.ts";

/** Machines, tools and people of a run. */
export function environmentOf(facts: RunFacts, language: Report["language"]): Report["environment"] {
  const { engine, operator, inventory, runbooks, scope } = facts.started;
  return {
    engine: `${engine.name} ${engine.version}`,
    runtime: `Node.js ${engine.node.replace(/^v/, "")}`,
    platform: engine.platform,
    operator: `${operator.user}@${operator.host}`,
    inventory: {
      name: inventory.name,
      files: [...(inventory.bases ?? []), inventory.source].map(({ file, sha256 }) => ({ file, sha256 })),
    },
    timeScale: inventory.timeScale,
    nodes: [...facts.nodes.values()].map(
      ({ node, address, facts: known }): NodeFacts => ({
        node,
        address,
        facts: Object.entries(known).map(([name, value]) => ({ name, value })),
      }),
    ),
    runbooks: runbooks.map(({ file, sha256, chapter, title }) => ({
      file,
      sha256,
      chapter,
      title: typeset(title, language, "title"),
      inScope: scope.includes(chapter),
    })),
  };
}

/** Chapters that the report answers for, and those that it leaves to others: every lower number that nobody wrote counts as such. */
export function scopeOf(facts: RunFacts): Report["scope"] {
  const chapters = facts.started.scope;
  const known = facts.started.runbooks.map(({ chapter }) => chapter);
  const highest = Math.max(0, ...chapters, ...known);
  const all = Array.from({ length: highest }, (_, index) => index + 1);
  return { chapters, outOfScope: all.filter((chapter) => !chapters.includes(chapter)) };
}
