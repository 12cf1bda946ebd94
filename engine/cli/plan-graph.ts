import type { Plan, Step } from "../model/plan.ts";

/** A plan as a Mermaid flowchart: a forge and a wiki draw it, and a terminal shows it as lines that can be read. */
export function planGraph({ runbooks, steps }: Plan): string {
  const names = new Map(steps.map((step) => [step.id, `s${step.ordinal}`]));
  const titles = new Map(runbooks.map(({ chapter, title }) => [chapter, title]));
  const lines = ["flowchart TD"];
  for (const chapter of new Set(steps.map(({ block }) => block.chapter))) {
    const own = steps.filter(({ block }) => block.chapter === chapter);
    lines.push(`  subgraph c${chapter}["${shown(titles.get(chapter) ?? `Chapitre ${chapter}`)}"]`);
    for (const step of own) lines.push(`    ${nodeOf(step)}`);
    for (const [at, step] of own.entries()) {
      const before = own[at - 1];
      if (before !== undefined) lines.push(`    s${before.ordinal} --> s${step.ordinal}`);
    }
    lines.push("  end");
  }
  for (const { id, block } of steps) {
    const { needs = [], verify = [], unless = [], during = [], stops = [] } = block.settings;
    const edge = (from: string, to: string, word: string) => {
      const [start, end] = [names.get(from), names.get(to)];
      if (start !== undefined && end !== undefined) lines.push(`  ${start} -. ${word} .-> ${end}`);
    };
    for (const other of needs) edge(other, id, "requise par");
    for (const other of verify) edge(id, other, "vérifiée par");
    for (const other of unless) edge(other, id, "dispense de");
    for (const other of during) edge(id, other, "pendant");
    for (const other of stops) edge(id, other, "arrête");
  }
  lines.push("  classDef action stroke-width:3px", "  classDef absente stroke-dasharray:4 4,opacity:0.6");
  return `${lines.join("\n")}\n`;
}

/** A check is round, an action is a box with a thick line; what is left out here is dashed. */
function nodeOf({ ordinal, id, targets, block, leftOut, fills, shots = {} }: Step): string {
  const pictures = (fills === undefined ? 0 : 1) + Object.keys(shots).length;
  const label = shown(
    `${ordinal}. #${id} · ${targets.join(", ")}${pictures === 0 ? "" : ` · ${"▣".repeat(Math.min(pictures, 5))}`}`,
  );
  const [open, close] = block.role === "check" ? ["([", "])"] : ["[", "]"];
  const look = leftOut !== undefined ? ":::absente" : block.role === "action" ? ":::action" : "";
  return `s${ordinal}${open}"${label}"${close}${look}`;
}

/** Mermaid reads quotes and tags inside a label. */
function shown(text: string): string {
  return text.replaceAll("#", "#35;").replaceAll('"', "#quot;").replaceAll("<", "#lt;").replaceAll(">", "#gt;");
}
