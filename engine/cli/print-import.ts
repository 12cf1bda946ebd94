import { counted } from "../base/counted.ts";
import type { ImportedReport } from "../import/index.ts";
import type { Terminal } from "./terminal.ts";

/** How many lines of a list are said before the rest is counted. */
const MOST_SHOWN = 12;

/** Says what a report became: its files, what was covered, what was left aside, and what to do next. */
export function printImport(
  report: ImportedReport,
  { folder, left }: { readonly folder: string; readonly left: readonly string[] },
  terminal: Terminal,
): void {
  const { chapters, secrets, commands, written } = report;
  for (const { file, placeholders } of chapters)
    terminal.out(`  ${folder}/${file} : ${captures(placeholders.length)}\n`);
  const kept = chapters.reduce((sum, { placeholders }) => sum + placeholders.length, 0);
  terminal.out(
    `${counted(chapters.length, "runbook")}, ${captures(kept)}${kept === written ? "" : ` (le texte en compte ${written} : relisez)`}.\n`,
  );
  for (const name of left) terminal.out(`${folder}/${name} existe déjà : laissé tel quel.\n`);
  if (secrets.length > 0) {
    terminal.out(
      `\n${terminal.style("yellow", "Secrets")} couverts, jamais recopiés ; changez-les, et déclarez-les dans l’inventaire :\n`,
    );
    list(
      secrets.map(({ line, what }) => `ligne ${line} : ${what}`),
      terminal,
    );
  }
  if (commands.length > 0) {
    terminal.out(
      "\nCommandes trouvées ; aucune ne s’exécute tant que vous ne leur donnez pas de nom, par exemple {#nom .check on=pve1} :\n",
    );
    list(
      commands.map(({ line, command }) => `ligne ${line} : ${command}`),
      terminal,
    );
  }
  printLeft(report, terminal);
  terminal.out(
    [
      "",
      "Chaque emplacement a un bloc « text {.manual} » qui demande l’image à une personne ; remplacez-le par ce qui la prend",
      "(les commentaires « import : » proposent une sorte de bloc et une cible). Ensuite :",
      `  constat lint ${folder}`,
      `  constat plan ${folder} --inventory ${folder}/inventory/site.yaml --pictures <dossier d’images>`,
      "",
    ].join("\n"),
  );
}

function printLeft({ left }: ImportedReport, terminal: Terminal): void {
  if (left.length === 0) return;
  terminal.out("\nLaissé de côté :\n");
  const reasons = [...new Set(left.map(({ why }) => why))];
  list(
    reasons.map((why) => {
      const lines = left.flatMap((line) => (line.why === why ? [line.number] : []));
      const said = lines.slice(0, MOST_SHOWN).join(", ");
      return `${why}, ligne${lines.length > 1 ? "s" : ""} ${said}${lines.length > MOST_SHOWN ? "…" : ""}`;
    }),
    terminal,
  );
}

function list(lines: readonly string[], terminal: Terminal): void {
  for (const line of lines.slice(0, MOST_SHOWN)) terminal.out(`  ${line}\n`);
  const more = lines.length - MOST_SHOWN;
  if (more > 0) terminal.out(`  … et ${more} autre${more > 1 ? "s" : ""} (--json les donne tous)\n`);
}

function captures(count: number): string {
  return count < 2 ? `${count} emplacement de capture` : `${count} emplacements de capture`;
}
