export { sealInForce } from "./seal-in-force.ts";
export { sealRun } from "./seal-run.ts";
export { setSealAside } from "./set-seal-aside.ts";
export { signPdf } from "./sign-pdf.ts";
export { prepareStamp, stampRun } from "./stamp-run.ts";
