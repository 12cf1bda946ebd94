export { type AuditResult, auditRun } from "./audit-run.ts";
export { placeholderStatuses } from "./completeness.ts";
export type { Render } from "./report/rendering.ts";
export type { Trust } from "./seal/audit-seal.ts";
export { obstaclesToSeal } from "./seal/sealable.ts";
export { unpackBundle } from "./unpack-bundle.ts";
