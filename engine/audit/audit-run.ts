import { systemClock } from "../base/clock.ts";
import { openRun } from "../evidence/index.ts";
import type { Finding } from "../model/finding.ts";
import type { JudgedWaiver } from "../model/waiver.ts";
import { auditChain } from "./chain.ts";
import { auditCompleteness, type PlaceholderStatus, placeholderStatuses } from "./completeness.ts";
import { auditFiles } from "./files.ts";
import { auditFirstContacts } from "./first-contacts.ts";
import { auditProof } from "./proof.ts";
import { auditSummary } from "./summary.ts";
import { applyWaivers } from "./waivers.ts";

export interface AuditResult {
  readonly run: string;
  readonly findings: readonly Finding[];
  readonly placeholders: readonly PlaceholderStatus[];
  /** What became of each waiver, on the day of the audit. */
  readonly waivers: readonly JudgedWaiver[];
  /** Lines of the journal and files looked at, so that an empty audit is seen to be one. */
  readonly lines: number;
}

/** Audits a run folder from its files alone: chain, digests, completeness. Never throws for what is wrong with the evidence. Waivers count until their expiry, on `day` (today). */
export async function auditRun(path: string, day = systemClock.now().toISOString().slice(0, 10)): Promise<AuditResult> {
  const record = await openRun(path);
  const summary = await auditSummary(record);
  const findings = [
    ...auditChain(record.journal, summary.journal),
    ...summary.findings,
    ...(await auditFiles(record, summary.finished)),
    ...auditProof(record.events),
    ...auditCompleteness(record.events),
    ...auditFirstContacts(record.events),
  ];
  return {
    run: record.run,
    ...(await applyWaivers(findings, record, day)),
    placeholders: placeholderStatuses(record.events),
    lines: record.journal.lines.length,
  };
}
