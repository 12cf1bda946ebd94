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
 * The findings that forbid to seal. A run that grew after its seal no longer fits the seal's manifest, which is no sign of tampering: the
 * journal still begins with every line that was sealed.
 */
export function obstaclesToSeal(findings: readonly Finding[]): readonly Finding[] {
  const grown = new Set(findings.filter(({ rule }) => rule === "seal-journal-grown").map(({ subject }) => subject));
  return findings.filter(
    (finding) => preventsSeal(finding) && !(finding.rule === "file-changed" && grown.has(finding.subject)),
  );
}

/**
 * Whether a finding forbids to seal: evidence that was changed must not become right by a fresh seal. A failed step, a report that was
 * made again, a seal that was cut short do not.
 */
function preventsSeal({ severity, rule, subject }: Finding): boolean {
  if (severity !== "error" || rule === "step-not-passed") return false;
  if (ANSWERED.has(rule) || rule === "seal-stamp" || rule === "seal-attestation" || rule.startsWith("manifest-"))
    return false;
  if (/^(?:seal-)?file-(?:changed|missing|added)$/.test(rule)) return isEvidence(`data/${subject}`);
  return true;
}
