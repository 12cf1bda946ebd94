/** A recorded run, asked again without changing anything: what may be asked, of which machines, by which doors. */
export { type LivePlan, livePlan } from "./live-plan.ts";
export { otherNodes } from "./other-nodes.ts";
export { type Protection, probeEnclosures } from "./probe-enclosures.ts";
export { readOnlyPorts } from "./read-only-ports.ts";
