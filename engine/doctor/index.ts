/** An inventory and this machine → what a run would meet. Only looks. */
export type { DoctorDoors } from "./doors.ts";
export { examineMachine } from "./examine-machine.ts";
export { examineSecrets } from "./examine-secrets.ts";
export { examineSite } from "./examine-site.ts";
export { CHECKS, type CheckName, type Observation, type Subject } from "./observation.ts";
