import { type Case, type CaseStatus, casesOf } from "./cases.ts";
import type { ExportInput } from "./export-input.ts";
import { stableUuid } from "./uuid.ts";

const STATUS: Readonly<Record<CaseStatus, "passed" | "failed" | "skipped" | "pending" | "other">> = {
  passed: "passed",
  failed: "failed",
  errored: "failed",
  skipped: "skipped",
  pending: "pending",
  waived: "other",
};

/** CTRF, the JSON of test reports: steps and figures as tests; `other` is what a waiver accepts. */
export function toCtrf({ report, version }: ExportInput): string {
  const cases = casesOf(report);
  const tests = cases.map((each) => toTest(report.run.id, each));
  const count = (status: string) => tests.filter((test) => test.status === status).length;
  const document = {
    reportFormat: "CTRF",
    specVersion: "1.0.0",
    reportId: stableUuid(report.run.id, report.integrity.head, "ctrf"),
    timestamp: report.run.endedAt,
    generatedBy: `constat ${version}`,
    results: {
      tool: { name: "constat", version: report.environment.engine.replace(/^constat /, "") },
      summary: {
        tests: tests.length,
        passed: count("passed"),
        failed: count("failed"),
        skipped: count("skipped"),
        pending: count("pending"),
        other: count("other"),
        suites: new Set(cases.map(({ suite }) => suite)).size,
        start: Date.parse(report.run.startedAt),
        stop: Date.parse(report.run.endedAt),
        extra: { verdict: report.verdict, journalHead: report.integrity.head, waivers: report.waivers },
      },
      tests,
    },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function toTest(run: string, test: Case) {
  const { id, what, name, status, suite, reason, waiver, startedAt, durationMs, requirements, targets, file, retries } =
    test;
  const start = Date.parse(startedAt);
  return {
    id: stableUuid(run, what, id),
    name: what === "figure" ? `figure « ${name} »` : name,
    status: STATUS[status],
    duration: durationMs,
    start,
    stop: start + durationMs,
    suite: [suite],
    ...(reason !== "" && { message: reason }),
    rawStatus: status,
    tags: requirements,
    type: what,
    filePath: file,
    ...(retries > 0 && { retries }),
    extra: { targets, waiver },
  };
}
