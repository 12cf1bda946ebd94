import { type Case, casesOf } from "./cases.ts";
import type { ExportInput } from "./export-input.ts";
import { element } from "./xml.ts";

/** JUnit XML: one suite a chapter, one test a step and one a figure; what a waiver accepts is skipped, with its reason. */
export function toJunit({ report }: ExportInput): string {
  const cases = casesOf(report);
  const suites = [...Map.groupBy(cases, ({ suite }) => suite)].map(([name, members]) =>
    element(
      "testsuite",
      {
        name,
        ...totals(members),
        skipped: members.filter(({ status }) => status === "skipped" || status === "waived").length,
        time: seconds(members),
        timestamp: members[0]?.startedAt.slice(0, 19) ?? "",
        hostname: report.environment.operator,
        file: members[0]?.file ?? "",
      },
      members.map(toTestcase),
    ),
  );
  const head = { name: report.identity.title, ...totals(cases), time: seconds(cases) };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", head, suites)}`;
}

function totals(cases: readonly Case[]) {
  return {
    tests: cases.length,
    failures: cases.filter(({ status }) => status === "failed").length,
    errors: cases.filter(({ status }) => status === "errored" || status === "pending").length,
  };
}

function toTestcase(test: Case): string {
  const { name, what, suite, durationMs, requirements, targets } = test;
  const about = [
    ...(targets.length > 0 ? [`nœuds : ${targets.join(", ")}`] : []),
    ...(requirements.length > 0 ? [`exigences : ${requirements.join(", ")}`] : []),
  ];
  return element(
    "testcase",
    { name: what === "figure" ? `figure « ${name} »` : name, classname: suite, time: (durationMs / 1000).toFixed(3) },
    [...outcomeOf(test), ...(about.length > 0 ? [element("system-out", {}, about.join("\n"))] : [])],
  );
}

function outcomeOf({ status, reason, waiver, what }: Case): readonly string[] {
  switch (status) {
    case "passed":
      return [];
    case "failed":
      return [element("failure", { type: what, message: reason }, reason)];
    case "errored":
    case "pending":
      return [element("error", { type: status, message: reason }, reason)];
    case "skipped":
      return [element("skipped", { message: reason })];
    case "waived":
      return [element("skipped", { message: `dérogation ${waiver ?? ""} – ${reason}` })];
  }
}

function seconds(cases: readonly Case[]): string {
  return (cases.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000).toFixed(3);
}
