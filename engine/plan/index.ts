/** Runbooks × inventory → what will run, in order, with which values. */
export { accompaniedBy } from "./companions.ts";
export { confirmationOf } from "./confirmation-of.ts";
export { environmentFor } from "./environment-for.ts";
export { guardsOf } from "./guards-of.ts";
export { NOBODY } from "./lacks.ts";
export { missingCredentials } from "./missing-credentials.ts";
export { type Askings, type NeededSecret, neededSecrets } from "./needed-secrets.ts";
export type { PlanProblem } from "./plan-problem.ts";
export { type PlanInput, type Planned, planRun } from "./plan-run.ts";
export type { Only } from "./select-steps.ts";
export { knownOn, valuesFor } from "./values-for.ts";
