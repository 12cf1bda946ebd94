import type { Finding } from "../../model/finding.ts";

/** How a finding's severity is called on the terminal. */
export const SEVERITIES: Readonly<Record<Finding["severity"], string>> = {
  error: "ERREUR",
  warning: "RÉSERVE",
  note: "NOTE",
};
