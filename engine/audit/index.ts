export { type AuditResult, auditRun } from "./audit-run.ts";
export { placeholderStatuses } from "./completeness.ts";
