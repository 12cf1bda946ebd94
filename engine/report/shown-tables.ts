import type { Course, Language, Report } from "../model/report.ts";
import type { ExecutedBlock } from "../model/report-body.ts";
import type { ReportPurpose } from "../model/report-front.ts";
import type { ReportSettings } from "../model/report-settings.ts";
import type { Waiver } from "../model/waiver.ts";
import type { RunFacts } from "./run-facts.ts";
import { wordsOf } from "./words.ts";

type Shown = readonly (readonly [anchor: string, caption: string, shown: boolean])[];

/** The engine's own tables before the chapters, in the order of the report, and whether this one shows them. */
export function tablesBefore(parts: {
  readonly facts: RunFacts;
  readonly settings: ReportSettings;
  readonly purpose: ReportPurpose;
  readonly course: Course;
  readonly blocks: readonly ExecutedBlock[];
  readonly waivers: readonly Waiver[];
}): Shown {
  const { facts, settings, purpose, course, blocks, waivers } = parts;
  const words = wordsOf(settings.langue);
  const required =
    Object.keys(settings.exigences ?? {}).length > 0 || blocks.some(({ requirements }) => requirements.length > 0);
  return [
    ["tableau-documents", words.runbooks, facts.started.runbooks.length > 0],
    ["tableau-glossaire", words.glossary, purpose.glossary.length > 0],
    ["tableau-noeuds", words.nodes, facts.nodes.size > 0],
    ["tableau-reprises", words.retries, course.retried.length > 0],
    ["tableau-tracabilite", words.traceability, required],
    ["tableau-derogations", words.waivers, waivers.length > 0],
  ];
}

/** Those after the chapters. */
export function tablesAfter(parts: {
  readonly facts: RunFacts;
  readonly language: Language;
  readonly completeness: Report["completeness"];
  readonly truncations: Report["truncations"];
  readonly redactions: Report["redactions"];
}): Shown {
  const { facts, language, completeness, truncations, redactions } = parts;
  const words = wordsOf(language);
  return [
    ["tableau-captures", words.capturesTable, completeness.length > 0],
    ["tableau-abregees", words.truncations, truncations.length > 0],
    ["tableau-masquees", words.redactions, redactions.length > 0],
    ["tableau-premiers-contacts", words.firstContacts, facts.firstContacts.length > 0],
    ["tableau-renouvellements", words.renewals, facts.renewals.length > 0],
    ["tableau-tentatives", words.attemptsTable, facts.attempts.size > 0],
    ["tableau-outils", words.tools, true],
  ];
}
