import type { Report } from "../model/report.ts";
import { casesOf } from "./cases.ts";
import type { ExportInput } from "./export-input.ts";

const VERDICTS: Readonly<Record<Report["verdict"], string>> = {
  conforming: "✅ Conforme",
  "conforming-with-reservations": "⚠️ Conforme avec réserves",
  "non-conforming": "❌ Non conforme",
  draft: "📝 Brouillon : l’exécution n’est pas allée à son terme",
};
const REQUIREMENTS: Readonly<Record<Report["requirements"][number]["verdict"], string>> = {
  satisfied: "satisfaite",
  waived: "avec réserve",
  unsatisfied: "**non satisfaite**",
  unproven: "**non prouvée**",
  idle: "sans objet",
  uncovered: "**non couverte**",
  "out-of-scope": "hors périmètre",
};

/** A summary for a CI job's page (`$GITHUB_STEP_SUMMARY`): verdict, counts, deviations, waivers, requirements. GFM, without raw HTML. */
export function toMarkdown({ report, findings }: ExportInput): string {
  const { counts, run } = report;
  const cases = casesOf(report).filter(({ what }) => what === "step");
  const rows = (status: string) => cases.filter((each) => each.status === status).length;
  const counted = findings.filter(({ severity, waiver }) => severity !== "note" && waiver === undefined);
  return `${[
    `## ${inline(report.identity.title)}`,
    `**${VERDICTS[report.verdict]}**${report.simulated === null ? "" : ` · ${inline(report.simulated)}`}`,
    table(
      [
        "Captures",
        "Contrôles",
        "Étapes réussies",
        "Ignorées",
        "En échec",
        "En erreur",
        "Non exécutées",
        "Avec dérogation",
      ],
      [
        [
          `${counts.placeholders.filled}/${counts.placeholders.expected}`,
          `${counts.checks.passed}/${counts.checks.expected}`,
          ...["passed", "skipped", "failed", "errored", "pending", "waived"].map((status) => String(rows(status))),
        ],
      ],
    ),
    ...listOf(
      "Écarts",
      ["Objet", "Raison", "Dérogation"],
      report.deviations.map(({ subject, name, reason, waiver }) => [
        subject === "placeholder" ? `figure « ${inline(name)} »` : code(subject === "step" ? `#${name}` : name),
        inline(reason),
        waiver === null ? "aucune" : `${code(waiver.id)} ${inline(waiver.by)}, jusqu’au ${waiver.until}`,
      ]),
    ),
    ...listOf(
      "Dérogations sans effet",
      ["Dérogation", "État"],
      report.waivers.flatMap(({ id, state, until }) =>
        state === "expired"
          ? [[code(id), `échue le ${until}`]]
          : state === "unmatched"
            ? [[code(id), "ne désigne rien"]]
            : [],
      ),
    ),
    ...listOf(
      "Audit",
      ["Constatation", "Objet", "Texte"],
      counted.map(({ rule, subject, text }) => [code(rule), inline(subject), inline(text)]),
    ),
    ...listOf(
      "Exigences",
      ["Exigence", "Titre", "Résultat"],
      report.requirements.map(({ id, title, verdict }) => [code(id), inline(title), REQUIREMENTS[verdict]]),
    ),
    `Exécution ${code(run.id)}, du ${run.startedAt} au ${run.endedAt}. Tête du journal : ${code(report.integrity.head)}`,
  ].join("\n\n")}\n`;
}

function listOf(title: string, head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return rows.length === 0 ? [] : [`### ${title}`, table(head, rows)];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Text of machines in a cell: nothing of it is markup, nothing ends the row. */
function inline(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>#|~&!@:/]/g, (character) => `\\${character}`);
}

function code(text: string): string {
  const fence = text.includes("`") ? "``" : "`";
  return `${fence}${text.replace(/\s+/g, " ").replaceAll("|", "\\|")}${fence}`;
}
