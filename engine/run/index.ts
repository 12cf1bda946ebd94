export type { LiveSignal, RunContext } from "./context.ts";
export { executePlan } from "./execute.ts";
export type { EarlierRun } from "./reuse.ts";
