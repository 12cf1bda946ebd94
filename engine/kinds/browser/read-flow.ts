import { parse, StepType, type UserFlow } from "@puppeteer/replay";

/** A recording of Chrome's Recorder, as its own reader takes it; or why it does not. */
export type ReadFlow =
  | { readonly ok: true; readonly flow: UserFlow; readonly opens: string | undefined }
  | { readonly ok: false; readonly reason: string };

/** Reads what the Recorder exported, as text or as the object that YAML makes of it; `opens` is the first page that it goes to. */
export function readFlow(written: string | object): ReadFlow {
  try {
    const flow = parse(typeof written === "string" ? JSON.parse(written) : written);
    const first = flow.steps.find((step) => step.type === StepType.Navigate);
    return { ok: true, flow, opens: first?.type === StepType.Navigate ? first.url : undefined };
  } catch (error) {
    return {
      ok: false,
      reason: `l’enregistrement ne se lit pas : ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
