import type { Page } from "puppeteer-core";
import type { BrowserSpec } from "../../model/browser-spec.ts";
import type { Shot } from "../port.ts";
import { openPage } from "./open-page.ts";
import { refuseForms } from "./refuse-forms.ts";
import { type SettleLimits, settle } from "./settle.ts";
import { shootAsIs } from "./shoot-page.ts";
import type { Subject } from "./subject.ts";
import { withSignal } from "./with-signal.ts";

/** For a picture of what stands in the place of what was asked. */
const AS_IT_IS_MS = 15_000;
/** A page that is held may never become what was asked; so long it may try. */
const TRY_MS = 4_000;

/** A page that never stands still, as it is while it is not let go elsewhere; undefined when not even that can be photographed. */
export async function shootRestless(
  subject: Subject,
  address: string,
  spec: BrowserSpec,
  limits: SettleLimits,
): Promise<Shot | undefined> {
  const limit = AbortSignal.timeout(AS_IT_IS_MS);
  const signal = AbortSignal.any([limits.signal, limit]);
  const { page } = await openPage(subject.page.browserContext());
  const work = async (): Promise<Shot> => {
    await hold(page, subject.page, address);
    const within = { ...limits, signal, withinMs: Math.min(limits.withinMs, TRY_MS) };
    await settle(page, subject.want, within);
    return await shootAsIs({ ...subject, page }, spec, within);
  };
  try {
    return await withSignal(work(), signal);
  } catch (error) {
    if (!limit.aborted || limits.signal.aborted) throw error;
    return undefined;
  } finally {
    await page.close().catch(() => {});
  }
}

/** Opens the address in a page that gets no second document. */
async function hold(page: Page, like: Page, address: string): Promise<void> {
  await page.setViewport(like.viewport());
  await refuseForms(page);
  await page.setRequestInterception(true);
  let documents = 0;
  page.on("request", (request) => {
    const document = request.isNavigationRequest() && request.frame() === page.mainFrame();
    if (document) documents += 1;
    // An aborted navigation leaves the page where it is.
    const answered = document && documents > 1 ? request.abort("aborted") : request.continue();
    answered.catch(() => {});
  });
  await page.goto(address, { waitUntil: "domcontentloaded" });
}
