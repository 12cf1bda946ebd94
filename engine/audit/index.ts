export { type AuditResult, auditRun } from "./audit-run.ts";
export { type PlaceholderStatus, placeholderStatuses } from "./completeness.ts";
