export { type SealInForce, sealInForce } from "./seal-in-force.ts";
export { type Sealed, sealRun } from "./seal-run.ts";
export { signPdf } from "./sign-pdf.ts";
export { prepareStamp, stampRun } from "./stamp-run.ts";
