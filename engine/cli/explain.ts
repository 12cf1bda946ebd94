import { closestNames } from "../base/closest.ts";
import { ProblemError } from "../base/problem.ts";
import { blockSettingsSchema } from "../model/block-settings.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { printMessages } from "./messages.ts";
import { loadInventory, loadRunbooks } from "./sources.ts";
import { sshAccessLines } from "./ssh-access.ts";
import type { Terminal } from "./terminal.ts";

const ORIGINS = {
  "command-line": "ligne de commande",
  block: "bloc",
  placeholder: "emplacement de capture",
  section: "section",
  "front-matter": "en-tête du document",
  default: "défaut",
} as const;

export interface ExplainOptions {
  /** Tells besides how its nodes are reached. */
  readonly inventory?: string | undefined;
}

/** `constat explain ID`: each setting of a block, its value and where it comes from; with an inventory, the way to its nodes too. */
export async function explain(
  id: string,
  paths: readonly string[],
  options: ExplainOptions,
  terminal: Terminal,
): Promise<ExitCode> {
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
  if (options.inventory === undefined) return EXIT.ok;
  const { files, inventory } = await loadInventory(options.inventory);
  printMessages(files, terminal);
  if (inventory === undefined) return EXIT.author;
  const ways = await sshAccessLines(inventory.nodes);
  for (const way of ways) terminal.out(`  ssh ${way}\n`);
  if (ways.length === 0) terminal.out("  ssh : selon l’inventaire seul\n");
  return EXIT.ok;
}

function hintFor(name: string, known: readonly string[]): string {
  if (/\.md$|\//.test(name)) return "L’identifiant du bloc vient d’abord : « constat explain #bloc runbook.md ».";
  const near = closestNames(name, known).map((id) => `#${id}`);
  return near.length > 0 ? `Vouliez-vous dire ${near.join(" ou ")} ?` : "« constat plan » les nomme tous.";
}
