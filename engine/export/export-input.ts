import type { Finding } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import type { JudgedWaiver } from "../model/waiver.ts";

/** What a run folder says, folded: every export is made from this and from nothing else. */
export interface ExportInput {
  readonly report: Report;
  readonly findings: readonly Finding[];
  /** As the audit judged them. */
  readonly waivers: readonly JudgedWaiver[];
  /** Version of the program that writes the export. */
  readonly version: string;
}
