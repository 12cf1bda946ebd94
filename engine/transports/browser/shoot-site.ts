import type { ElementHandle, Page } from "puppeteer-core";
import type { BrowserSpec } from "../../model/browser-spec.ts";
import type { ShotResult } from "../port.ts";
import { evidenceUrl } from "./evidence-url.ts";
import { loadPage } from "./load-page.ts";
import type { OpenPage } from "./open-page.ts";
import type { Want } from "./page/page-types.ts";
import { refusedForms, refuseForms } from "./refuse-forms.ts";
import { runFlow, sends } from "./run-flow.ts";
import { type SettleLimits, settle } from "./settle.ts";
import { shootAsIs, shootPage } from "./shoot-page.ts";
import type { Subject } from "./subject.ts";
import { DEFAULT_VIEWPORT } from "./take-picture.ts";

type Step = NonNullable<BrowserSpec["steps"]>[number];

const WANT: Want = { type: "page" };

/** Photographs any other page: opened, led through its steps, settled, never sent. */
export async function shootSite(
  { page, errors }: OpenPage,
  spec: BrowserSpec & { readonly open: string },
  secrets: () => readonly string[],
  limits: SettleLimits,
): Promise<ShotResult> {
  await page.setViewport({ ...DEFAULT_VIEWPORT, ...spec.viewport, deviceScaleFactor: spec.scale });
  await refuseForms(page);
  await loadPage(page, spec.open);
  const subject: Subject = {
    page,
    want: WANT,
    name: `Page Web ${evidenceUrl(spec.open)}`,
    facts: { open: evidenceUrl(spec.open), language: spec.language, scale: spec.scale },
    ask: async () => ({ status: 0, text: "cette page n’a pas d’API de Proxmox", data: null }),
    secrets,
    compare: async () => [],
  };
  let unmet = await settle(page, WANT, limits);
  for (const step of spec.steps ?? []) {
    if (unmet.length > 0) break;
    unmet = await take(page, step, limits);
    if (unmet.length === 0) unmet = await settle(page, WANT, limits);
  }
  if (unmet.length === 0 && typeof spec.flow === "object") {
    unmet = await runFlow(page, spec.flow, spec.open, limits);
    if (unmet.length === 0) unmet = await settle(page, WANT, limits);
  }
  unmet = [
    ...unmet,
    ...(await refusedForms(page)),
    ...errors.map((error) => `erreur de script dans la page : ${error}`),
  ];
  if (unmet.length > 0) return { status: "unsettled", unmet, shot: await shootAsIs(subject, spec, limits) };
  const { shot, missing } = await shootPage(subject, spec, limits);
  return missing.length > 0 ? { status: "unsettled", unmet: missing, shot } : { status: "shot", shot };
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
