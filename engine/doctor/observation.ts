/** What was looked at, in the order in which it is shown. */
export const CHECKS = [
  "ssh",
  "hostname",
  "version",
  "privileges",
  "clock",
  "disk",
  "api",
  "web",
  "certificate",
  "api-privileges",
  "bmc",
  "node",
  "browser",
  "fonts",
  "secret",
  "homogeneous",
] as const;
export type CheckName = (typeof CHECKS)[number];

/** Whom it is about: a node by its name, else the operator's machine or the site as a whole. */
export type Subject =
  | { readonly type: "node"; readonly name: string }
  | { readonly type: "local" }
  | { readonly type: "site" };

interface Seen {
  readonly subject: Subject;
  readonly check: CheckName;
  /** What was found, in French. */
  readonly text: string;
}

/**
 * One look at one thing. `error`: a run would fail on it; `warning`: to be put right, though a run may pass; `note`: worth knowing;
 * `unchecked`: could not be looked at, because of something that is said elsewhere.
 */
export type Observation =
  | (Seen & { readonly status: "ok" | "note" | "unchecked" })
  | (Seen & { readonly status: "warning" | "error"; readonly code: string; readonly remedy: string });
