export type { LiveSignal, RunContext } from "./context.ts";
export { durationWords } from "./duration-words.ts";
export { executePlan } from "./execute.ts";
export { maskRules } from "./mask-rules.ts";
export type { Move, Pilot, Situation } from "./pilot.ts";
export type { EarlierRun } from "./reuse.ts";
