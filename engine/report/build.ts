import { VFile } from "vfile";
import type { RunRecord } from "../evidence/index.ts";
import type { Counts, Report } from "../model/report.ts";
import type { ExecutedBlock, ShownStatus } from "../model/report-body.ts";
import type { Runbook } from "../model/runbook.ts";
import { parseRunbook } from "../runbook/index.ts";
import { executedBlocks } from "./blocks.ts";
import { toChapter } from "./chapters.ts";
import { completenessOf, figuresOf } from "./completeness.ts";
import { courseOf } from "./course.ts";
import { environmentOf, scopeOf } from "./environment.ts";
import { fillPlaceholders } from "./figures.ts";
import { knownValues } from "./known-values.ts";
import { readArtefact } from "./read-artefact.ts";
import { readSettings, toIdentity } from "./read-settings.ts";
import { attemptRegister, integrityOf, longOutputsOf, redactionsOf, truncationsOf } from "./registers.ts";
import { requirementRows, uncoveredRequirements } from "./requirements.ts";
import { foldEvents, type RunFacts } from "./run-facts.ts";
import { deviationsOf, verdictOf } from "./verdict.ts";

/** The report of a run, from its folder alone. Throws ProblemError EVIDENCE_… or REPORT_… when the folder does not hold one. */
export async function buildReport(record: RunRecord): Promise<Report> {
  const facts = foldEvents(record.events);
  const { settings, waivers: written } = await readSettings(record, facts.started);
  const language = settings.langue;
  const runbooks = await readRunbooks(record, facts, settings.chapitres ?? facts.started.scope);
  const fillings = await fillPlaceholders(record, facts, runbooks, language);
  const values = await knownValues(record, facts, runbooks);
  const blocks = await executedBlocks(record, facts, runbooks, { fillings, language, values });
  const chapters = runbooks.map((runbook) =>
    toChapter(runbook, { language, fillings, blocks, chapters: runbooks.map(({ chapter }) => chapter) }),
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
  const ended = finished !== undefined && !finished.interrupted;
  return {
    language,
    identity: await toIdentity(settings, record),
    verdict: verdictOf(ended, deviations),
    run: {
      id: record.run,
      startedAt: started.at,
      endedAt,
      durationMs: Date.parse(endedAt) - Date.parse(started.at),
      finished: finished !== undefined,
      interrupted: finished?.interrupted ?? false,
    },
    simulated: started.inventory.simulated,
    counts: countsOf([...blocks.values()], completeness, figures, facts),
    deviations,
    requirements: requirementRows(matrix, deviations),
    waivers,
    scope: scopeOf(facts),
    environment: environmentOf(facts, language),
    course: courseOf(facts, [...blocks.values()], language),
    chapters,
    figures,
    blocks: [...blocks.values()],
    completeness,
    attempts: attemptRegister(facts, language),
    truncations: truncationsOf([...blocks.values()], figures),
    longOutputs: longOutputsOf([...blocks.values()], figures),
    redactions: redactionsOf(facts),
    firstContacts: facts.firstContacts.map(({ node, at, fingerprint }) => ({ node, at, fingerprint })),
    renewals: facts.renewals.map(({ node, step, at, before, after }) => ({ node, step, at, before, after })),
    integrity: await integrityOf(record, facts),
  };
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
