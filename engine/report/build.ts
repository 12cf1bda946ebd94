import { VFile } from "vfile";
import { sha256 } from "../base/digest.ts";
import type { RunRecord } from "../evidence/index.ts";
import type { Counts, Report } from "../model/report.ts";
import type { ExecutedBlock, ShownStatus } from "../model/report-body.ts";
import type { Runbook } from "../model/runbook.ts";
import { parseRunbook } from "../runbook/index.ts";
import { executedBlocks } from "./blocks.ts";
import { toChapter } from "./chapters.ts";
import { completenessOf, figuresOf } from "./completeness.ts";
import { courseOf } from "./course.ts";
import { deviationCards } from "./deviation-cards.ts";
import { environmentOf, scopeOf } from "./environment.ts";
import { fillPlaceholders } from "./figures.ts";
import { knownValues } from "./known-values.ts";
import { NumberedTables } from "./numbered-tables.ts";
import { notesOf, purposeOf } from "./purpose.ts";
import { readArtefact } from "./read-artefact.ts";
import { readSettings, toIdentity } from "./read-settings.ts";
import { recordedInEnglish } from "./recorded-english.ts";
import { attemptRegister, integrityOf, longOutputsOf, redactionsOf, truncationsOf } from "./registers.ts";
import { requirementRows, uncoveredRequirements } from "./requirements.ts";
import { type Rewriting, rewrittenRunbook } from "./rewriting.ts";
import { foldEvents, type RunFacts } from "./run-facts.ts";
import { sectionPlaces } from "./section-places.ts";
import { tablesAfter, tablesBefore } from "./shown-tables.ts";
import { deviationsOf, verdictOf } from "./verdict.ts";

/**
 * The report of a run, from its folder alone; `rewriting` gives texts to show in place of those that ran, and the report says which. Throws
 * ProblemError EVIDENCE_… or REPORT_… when the folder does not hold one, REWRITTEN_… when more than prose was rewritten.
 */
export async function buildReport(record: RunRecord, rewriting: Rewriting = new Map()): Promise<Report> {
  const facts = foldEvents(record.events);
  const { settings, waivers: written, rewritten } = await readSettings(record, facts.started, rewriting);
  const language = settings.langue;
  const kept = await readRunbooks(record, facts, settings.chapitres ?? facts.started.scope);
  const runbooks = kept.map((ran) => {
    const text = rewriting.get(ran.file);
    return text === undefined || sha256(text) === ran.sha256 ? ran : rewrittenRunbook(ran, text);
  });
  const fillings = await fillPlaceholders(record, facts, runbooks, language);
  const values = await knownValues(record, facts, runbooks);
  const blocks = await executedBlocks(record, facts, runbooks, { fillings, language, values });
  const sections = runbooks.flatMap((runbook) => sectionPlaces(runbook, language));
  const numbers = runbooks.map(({ chapter }) => chapter);
  const course = courseOf(facts, [...blocks.values()], language);
  const purpose = purposeOf(facts, settings, runbooks);
  const tables = new NumberedTables();
  tables.addShown(tablesBefore({ facts, settings, purpose, course, blocks: [...blocks.values()], waivers: written }));
  const chapters = runbooks.map((runbook) =>
    toChapter(runbook, { language, fillings, blocks, chapters: numbers, sections, tables }),
  );
  const figures = figuresOf(chapters);
  const completeness = completenessOf(facts, runbooks, fillings);
  const matrix = { facts, settings, blocks: [...blocks.values()], chapters, completeness };
  const { deviations, waivers } = deviationsOf({
    blocks: matrix.blocks,
    completeness,
    uncovered: uncoveredRequirements(matrix),
    waivers: written,
    day: facts.endedAt.slice(0, 10),
  });
  const { started, finished, endedAt } = facts;
  const truncations = truncationsOf([...blocks.values()], figures);
  const redactions = redactionsOf(facts);
  tables.addShown(tablesAfter({ facts, language, completeness, truncations, redactions }));
  const ended = finished !== undefined && !finished.interrupted;
  const report: Report = {
    language,
    rewritten: [
      ...rewritten,
      ...runbooks.flatMap(({ file }, index) => (runbooks[index] === kept[index] ? [] : [file])),
    ],
    identity: await toIdentity(settings, record),
    verdict: verdictOf(ended, deviations),
    run: {
      // Its own name: a folder may be called otherwise since.
      id: started.run,
      startedAt: started.at,
      endedAt,
      durationMs: Date.parse(endedAt) - Date.parse(started.at),
      finished: finished !== undefined,
      interrupted: finished?.interrupted ?? false,
      resumed: facts.resumed,
    },
    simulated: started.inventory.simulated,
    counts: countsOf([...blocks.values()], completeness, figures, facts),
    deviations,
    cards: deviationCards(deviations, matrix),
    purpose,
    notes: notesOf(settings, matrix.blocks),
    tables: tables.list(),
    requirements: requirementRows(matrix, deviations),
    waivers,
    scope: scopeOf(facts),
    environment: environmentOf(facts, language),
    course,
    chapters,
    figures,
    blocks: [...blocks.values()],
    completeness,
    attempts: attemptRegister(facts, language),
    truncations,
    longOutputs: longOutputsOf([...blocks.values()], figures),
    redactions,
    firstContacts: facts.firstContacts.map(({ node, at, fingerprint }) => ({ node, at, fingerprint })),
    renewals: facts.renewals.map(({ node, step, at, before, after }) => ({ node, step, at, before, after })),
    integrity: await integrityOf(record, facts),
  };
  // Runs record their sentences in French, whatever language their report is in.
  return language === "en" ? recordedInEnglish(report) : report;
}

/** The runbooks in scope, in the order of the report, from the texts that ran. */
async function readRunbooks(record: RunRecord, facts: RunFacts, order: readonly number[]): Promise<readonly Runbook[]> {
  const { runbooks, scope } = facts.started;
  const rank = (chapter: number) => (order.includes(chapter) ? order.indexOf(chapter) : Number.POSITIVE_INFINITY);
  const inScope = runbooks
    .filter(({ chapter }) => scope.includes(chapter))
    .sort((a, b) => rank(a.chapter) - rank(b.chapter) || a.chapter - b.chapter);
  return Promise.all(
    inScope.map(async ({ file, sha256 }) => {
      const text = await readArtefact(record, { path: `runbook/${file}`, sha256 });
      return parseRunbook(new VFile({ path: file, value: text.toString("utf8") }));
    }),
  );
}

function countsOf(
  blocks: readonly ExecutedBlock[],
  completeness: Report["completeness"],
  figures: Report["figures"],
  facts: RunFacts,
): Counts {
  const steps: Record<ShownStatus, number> = { passed: 0, failed: 0, skipped: 0, blocked: 0, errored: 0, pending: 0 };
  for (const { status } of blocks) steps[status.status] += 1;
  const checks = blocks.filter(
    ({ role, status }) => role === "check" && (status.status === "passed" || status.deviates),
  );
  return {
    steps,
    planned: blocks.length,
    checks: { passed: checks.filter(({ status }) => status.status === "passed").length, expected: checks.length },
    placeholders: {
      filled: completeness.filter(({ filled }) => filled).length,
      expected: completeness.length,
      reused: figures.filter(({ reused }) => reused !== null).length,
      given: figures.filter(({ given }) => given !== null).length,
    },
    figures: {
      pictures: figures.filter(({ content }) => content.type === "picture").length,
      terminals: figures.filter(({ content }) => content.type === "terminal").length,
    },
    attempts: facts.attempts.size,
  };
}
