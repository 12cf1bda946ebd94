import { closestNames } from "../base/closest.ts";
import { ProblemError } from "../base/problem.ts";
import { blockSettingsSchema } from "../model/block-settings.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { loadRunbooks } from "./sources.ts";
import type { Terminal } from "./terminal.ts";

const ORIGINS = {
  "command-line": "ligne de commande",
  block: "bloc",
  placeholder: "emplacement de capture",
  section: "section",
  "front-matter": "en-tête du document",
  default: "défaut",
} as const;

/** `constat explain ID`: each setting of a block, its value and where it comes from. */
export async function explain(id: string, paths: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const name = id.replace(/^#/, "");
  const runbooks = await loadRunbooks(paths);
  const blocks = runbooks.flatMap(({ runbook }) => runbook.blocks);
  const block = blocks.find((candidate) => candidate.id === name);
  if (block === undefined) {
    throw new ProblemError("BLOCK_UNKNOWN", `Aucun bloc ne s’appelle #${name}.`, {
      scope: "author",
      hint: hintFor(
        name,
        blocks.map((each) => each.id),
      ),
    });
  }
  terminal.out(`#${block.id} — ${block.kind}, ${block.role}, ${block.place.file}:${block.place.line}\n`);
  for (const key of Object.keys(blockSettingsSchema.shape)) {
    const value = (block.settings as Readonly<Record<string, unknown>>)[key];
    if (value === undefined) continue;
    const raw = block.raw[key];
    const origin = ORIGINS[raw?.origin ?? "default"];
    const place = raw?.place === undefined ? "" : `, ${raw.place.file}:${raw.place.line}:${raw.place.column}`;
    terminal.out(`  ${key} = ${JSON.stringify(raw?.value ?? value)}  (${origin}${place})\n`);
  }
  return EXIT.ok;
}

function hintFor(name: string, known: readonly string[]): string {
  if (/\.md$|\//.test(name)) return "L’identifiant du bloc vient d’abord : « constat explain #bloc runbook.md ».";
  const near = closestNames(name, known).map((id) => `#${id}`);
  return near.length > 0 ? `Vouliez-vous dire ${near.join(" ou ")} ?` : "« constat plan » les nomme tous.";
}
