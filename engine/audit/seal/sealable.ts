import { isEvidence } from "../../evidence/seal/index.ts";
import type { Finding } from "../../model/finding.ts";

/** Findings that a new seal is the answer to, whatever they are about. */
const ANSWERED = new Set([
  "seal-journal-grown",
  "seal-missing",
  "seal-none",
  "seal-tag",
  "seal-signature",
  "seal-key",
  "seal-cast",
]);

/**
 * Whether a finding forbids to seal: evidence that was changed must not become right by a fresh seal. A failed step, a report that was
 * made again, a seal that was cut short do not.
 */
export function preventsSeal({ severity, rule, subject }: Finding): boolean {
  if (severity !== "error" || rule === "step-not-passed") return false;
  if (ANSWERED.has(rule) || rule === "seal-stamp" || rule === "seal-attestation" || rule.startsWith("manifest-"))
    return false;
  if (/^(?:seal-)?file-(?:changed|missing|added)$/.test(rule)) return isEvidence(`data/${subject}`);
  return true;
}
