import {
  createRunner,
  PuppeteerRunnerExtension,
  parse,
  type Step,
  StepType,
  selectorToPElementSelector,
} from "@puppeteer/replay";
import type { Page } from "puppeteer-core";
import type { PageElement } from "./page/ext-types.ts";
import { refusedForms } from "./refuse-forms.ts";
import type { SettleLimits } from "./settle.ts";

/** The picture's size is the block's, not the recorder's; a page that is to be photographed is not closed. */
const SKIPPED: readonly string[] = [
  StepType.SetViewport,
  StepType.EmulateNetworkConditions,
  StepType.Close,
  StepType.CustomStep,
];

/** Replays a recording of Chrome's Recorder as it is, but for what would send a form. What went wrong in words, else nothing. */
export async function runFlow(
  page: Page,
  recorded: object,
  opened: string,
  limits: SettleLimits,
): Promise<readonly string[]> {
  const flow = parse(recorded);
  let at = "";
  class Careful extends PuppeteerRunnerExtension {
    override async runStep(step: Step): Promise<void> {
      at = `étape ${flow.steps.indexOf(step) + 1} (${step.type})`;
      limits.signal.throwIfAborted();
      if (SKIPPED.includes(step.type)) return;
      if (step.type === StepType.Navigate && step.url === opened && page.url() === opened) return;
      const refused = await refusal(page, step);
      if (refused !== undefined) throw new Refusal(refused);
      await super.runStep(step, flow);
      const [form] = await refusedForms(page);
      if (form !== undefined) throw new Refusal(form);
    }
  }
  // The library's own types name the whole Puppeteer, of which this is the core.
  const extension = new Careful(page.browser() as never, page as never, { timeout: Math.min(limits.withinMs, 30_000) });
  try {
    await (await createRunner(flow, extension)).run();
    return [];
  } catch (error) {
    limits.signal.throwIfAborted();
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return [`${at} : ${error instanceof Refusal ? reason : `n’a pas abouti : ${reason}`}`];
  }
}

class Refusal extends Error {}

async function refusal(page: Page, step: Step): Promise<string | undefined> {
  if (step.type !== StepType.Click && step.type !== StepType.DoubleClick) return undefined;
  for (const selector of step.selectors) {
    const element = await page.$(selectorToPElementSelector(selector)).catch(() => null);
    if (element === null) continue;
    return (await element.evaluate(sends))
      ? `« ${[selector].flat().join(" ")} » enverrait un formulaire : refusé`
      : undefined;
  }
  return undefined;
}

/** Runs inside the page: a button that submits the form it stands in. */
export function sends(element: unknown): boolean {
  const button = (element as PageElement).closest("button,input");
  if (button === null) return false;
  const type = (button.type ?? "").toLowerCase();
  return (type === "submit" || type === "image") && button.closest("form") !== null;
}
