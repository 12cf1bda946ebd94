import { systemClock } from "../base/clock.ts";
import { openRun } from "../evidence/index.ts";
import type { Finding } from "../model/finding.ts";
import type { JudgedWaiver } from "../model/waiver.ts";
import { auditChain } from "./chain.ts";
import { auditCompleteness, type PlaceholderStatus, placeholderStatuses } from "./completeness.ts";
import { auditDecisions } from "./decisions.ts";
import { auditEnvironment } from "./environment.ts";
import { auditFiles } from "./files.ts";
import { auditFirstContacts } from "./first-contacts.ts";
import { auditGivenFigures } from "./given-figures.ts";
import { auditOrder } from "./order.ts";
import { readPayload } from "./payload.ts";
import { auditPdfSignature } from "./pdf-signature.ts";
import { auditProof } from "./proof.ts";
import { auditReport } from "./report/audit-report.ts";
import type { Render } from "./report/rendering.ts";
import { auditSeal, type SealVerdict, type Trust } from "./seal/audit-seal.ts";
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
  readonly seal: SealVerdict;
}

/** Audits a run folder from its files alone: chain, digests, seal, completeness. Never throws for what is wrong with the evidence. Waivers count until their expiry, on `day` (today). With `render` its report is compared with a fresh one. */
export async function auditRun(
  path: string,
  trust: Trust = {},
  day = systemClock.now().toISOString().slice(0, 10),
  render?: Render,
): Promise<AuditResult> {
  const record = await openRun(path);
  const payload = await readPayload(record.folder);
  const summary = await auditSummary(record);
  const seal = await auditSeal(record, payload, trust);
  const findings = [
    ...auditChain(record.journal, summary.journal),
    ...summary.findings,
    ...(await auditFiles(record, payload, summary.finished)),
    ...seal.findings,
    ...(await auditPdfSignature(record)),
    ...(await auditReport(record, render)),
    ...auditOrder(record.events),
    ...auditProof(record.events),
    ...auditCompleteness(record.events),
    ...auditFirstContacts(record.events),
    ...auditEnvironment(record.events),
    ...auditDecisions(record.events),
    ...auditGivenFigures(record.events),
  ];
  return {
    run: record.run,
    ...(await applyWaivers(findings, record, day)),
    placeholders: placeholderStatuses(record.events),
    lines: record.journal.lines.length,
    seal: seal.verdict,
  };
}
