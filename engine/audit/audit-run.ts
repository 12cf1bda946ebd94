import { isJsonObject } from "../base/json.ts";
import { openRun, type RunRecord } from "../evidence/index.ts";
import type { Finding } from "../model/finding.ts";
import { auditChain } from "./chain.ts";
import { auditCompleteness, type PlaceholderStatus, placeholderStatuses } from "./completeness.ts";
import { auditFiles } from "./files.ts";

export interface AuditResult {
  readonly run: string;
  readonly findings: readonly Finding[];
  readonly placeholders: readonly PlaceholderStatus[];
  /** Lines of the journal and files looked at, so that an empty audit is seen to be one. */
  readonly lines: number;
}

/** Audits a run folder from its files alone: chain, digests, completeness. Never throws for what is wrong with the evidence. */
export async function auditRun(path: string): Promise<AuditResult> {
  const record = await openRun(path);
  const end = await expectedEnd(record);
  const findings = [
    ...auditChain(record.journal, end.expected),
    ...end.findings,
    ...(await auditFiles(record)),
    ...auditCompleteness(record.events),
  ];
  return {
    run: record.run,
    findings,
    placeholders: placeholderStatuses(record.events),
    lines: record.journal.lines.length,
  };
}

async function expectedEnd(
  record: RunRecord,
): Promise<{ readonly expected: { head: string; lines: number } | undefined; readonly findings: readonly Finding[] }> {
  const complain = (severity: Finding["severity"], text: string): readonly Finding[] => [
    {
      rule: "run-summary",
      severity,
      subject: "run.json",
      text,
      remedy: "Relancez l’exécution si elle a été coupée ; sinon, ces preuves ont été modifiées.",
    },
  ];
  let text: string;
  try {
    text = (await record.read("run.json")).toString("utf8");
  } catch {
    const finished = record.events.some((event) => event.type === "run-finished");
    return {
      expected: undefined,
      findings: complain(finished ? "error" : "warning", "Le résumé de l’exécution manque."),
    };
  }
  try {
    const summary: unknown = JSON.parse(text);
    const journal = isJsonObject(summary) ? summary["journal"] : undefined;
    if (isJsonObject(journal) && typeof journal["head"] === "string" && typeof journal["lines"] === "number") {
      return { expected: { head: journal["head"], lines: journal["lines"] }, findings: [] };
    }
  } catch {
    // Falls through to the complaint: an unreadable summary and one without a head are the same to the reader.
  }
  return { expected: undefined, findings: complain("error", "Le résumé de l’exécution est illisible.") };
}
