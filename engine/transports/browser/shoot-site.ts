import type { ElementHandle, Page } from "puppeteer-core";
import type { BrowserSpec } from "../../model/browser-spec.ts";
import type { Shot, ShotResult } from "../port.ts";
import { evidenceUrl } from "./evidence-url.ts";
import { loadPage } from "./load-page.ts";
import type { OpenPage } from "./open-page.ts";
import type { Want } from "./page/page-types.ts";
import { refusedForms, refuseForms } from "./refuse-forms.ts";
import { runFlow, sends } from "./run-flow.ts";
import { type SettleLimits, settle } from "./settle.ts";
import { shootAsIs, shootPage } from "./shoot-page.ts";
import { shootRestless } from "./shoot-restless.ts";
import type { Subject } from "./subject.ts";
import { DEFAULT_VIEWPORT } from "./take-picture.ts";
import { RESTLESS, throughNavigations } from "./through-navigations.ts";
import { withSignal } from "./with-signal.ts";

type Step = NonNullable<BrowserSpec["steps"]>[number];

const WANT: Want = { type: "page" };
/** For a picture of what stands in the place of what was asked. */
const AS_IT_IS_MS = 15_000;
const LOOK_MS = 5_000;

/** Photographs any other page: opened, led through its steps, settled, never sent. One that goes elsewhere meanwhile is begun again. */
export async function shootSite(
  { page, errors }: OpenPage,
  spec: BrowserSpec & { readonly open: string },
  secrets: () => readonly string[],
  limits: SettleLimits,
): Promise<ShotResult> {
  await page.setViewport({ ...DEFAULT_VIEWPORT, ...spec.viewport, deviceScaleFactor: spec.scale });
  await refuseForms(page);
  const subject: Subject = {
    page,
    want: WANT,
    name: `Page Web ${evidenceUrl(spec.open)}`,
    facts: { open: evidenceUrl(spec.open), language: spec.language, scale: spec.scale },
    ask: async () => ({ status: 0, text: "cette page n’a pas d’API de Proxmox", data: null }),
    secrets,
    compare: async () => [],
  };
  const result = await throughNavigations(page, limits, async (_again, within, restless) => {
    errors.length = 0;
    await loadPage(page, spec.open);
    const lacking = await lead(page, spec, within);
    const unmet = [
      ...lacking,
      ...(await refusedForms(page)),
      ...errors.map((error) => `erreur de script dans la page : ${error}`),
    ];
    if (unmet.length > 0) return restless() ? [RESTLESS, ...unmet] : unmet;
    const { shot, missing } = await shootPage(subject, spec, within);
    return missing.length > 0
      ? { status: "unsettled" as const, unmet: missing, shot }
      : { status: "shot" as const, shot };
  });
  if (result !== undefined && "status" in result) return result;
  const unmet = result ?? [RESTLESS];
  return { status: "unsettled", unmet, shot: await pictureOfNow(subject, spec, limits, unmet.includes(RESTLESS)) };
}

/** Takes the steps and the recording, each on a page that is settled; gives what is missing (empty: the page is where it should be). */
async function lead(
  page: Page,
  { open, steps, flow }: BrowserSpec & { readonly open: string },
  limits: SettleLimits,
): Promise<readonly string[]> {
  let unmet = await settle(page, WANT, limits);
  for (const step of steps ?? []) {
    if (unmet.length > 0) return [...unmet, ...(await lackingNow(page, step, limits))];
    unmet = await take(page, step, limits);
    if (unmet.length === 0) unmet = await settle(page, WANT, limits);
  }
  if (unmet.length === 0 && typeof flow === "object") {
    unmet = await runFlow(page, flow, open, limits);
    if (unmet.length === 0) unmet = await settle(page, WANT, limits);
  }
  return unmet;
}

/** What is on the page now; of one that never stands still, what it is while it is not let go elsewhere. */
async function pictureOfNow(
  subject: Subject,
  spec: BrowserSpec & { readonly open: string },
  limits: SettleLimits,
  restless: boolean,
): Promise<Shot | undefined> {
  const shot = restless ? undefined : await pictureAtRest(subject, spec, limits);
  const here = subject.page.url();
  return shot ?? (await shootRestless(subject, /^https?:/.test(here) ? here : spec.open, spec, limits));
}

/** Undefined when the page does not stand still for it either. */
async function pictureAtRest(subject: Subject, spec: BrowserSpec, limits: SettleLimits): Promise<Shot | undefined> {
  const limit = AbortSignal.timeout(AS_IT_IS_MS);
  const work = throughNavigations(subject.page, limits, (_again, within) => shootAsIs(subject, spec, within));
  try {
    return await withSignal(work, AbortSignal.any([limits.signal, limit]));
  } catch (error) {
    if (!limit.aborted || limits.signal.aborted) throw error;
    return undefined;
  }
}

/** Of a page that never rests, what is waited for and not there says more: it is looked for once, as far as the page answers. */
async function lackingNow(page: Page, step: Step, limits: SettleLimits): Promise<readonly string[]> {
  if (!("wait" in step)) return [];
  const limit = AbortSignal.any([limits.signal, AbortSignal.timeout(LOOK_MS)]);
  return await withSignal(take(page, step, { ...limits, withinMs: 0 }), limit).catch((error: unknown) => {
    if (limits.signal.aborted) throw error;
    return [];
  });
}

async function take(page: Page, step: Step, limits: SettleLimits): Promise<readonly string[]> {
  if ("wait" in step) return (await find(page, step.wait, limits)) === undefined ? [absent(step.wait)] : [];
  const wanted = "click" in step ? step.click : step.into;
  const element = await find(page, wanted, limits);
  if (element === undefined) return [absent(wanted)];
  if ("type" in step) {
    await element.type(step.type);
    return [];
  }
  if (await element.evaluate(sends)) return [`« ${wanted} » enverrait un formulaire : refusé`];
  await element.click();
  return [];
}

/** By accessible name, by visible text, then by CSS selector: what a person would call it comes first. */
async function find(page: Page, wanted: string, limits: SettleLimits): Promise<ElementHandle | undefined> {
  const start = limits.clock.monotonic();
  for (;;) {
    for (const selector of [`::-p-aria(${JSON.stringify(wanted)})`, `::-p-text(${JSON.stringify(wanted)})`, wanted]) {
      const found = await visible(page, selector);
      if (found !== undefined) return found;
    }
    if (limits.clock.monotonic() - start >= limits.withinMs) return undefined;
    await limits.clock.sleep(100, limits.signal);
  }
}

async function visible(page: Page, selector: string): Promise<ElementHandle | undefined> {
  // What is no selector at all is a name or a text that is not there yet.
  const found = await page.$$(selector).catch(() => []);
  for (const element of found) if (await element.isVisible()) return element;
  return undefined;
}

function absent(wanted: string): string {
  return `« ${wanted} » n’est pas sur la page`;
}
