import type { HTTPRequest, Page } from "puppeteer-core";
import { hasNavigated } from "./has-navigated.ts";
import type { SettleLimits } from "./settle.ts";
import { withSignal } from "./with-signal.ts";

const PAUSE_MS = 200;
/** No page that is led somewhere asks for as many documents by itself in the time that a page has. */
const MANY_DOCUMENTS = 12;

class Restless extends Error {}

/**
 * Does the work again from its beginning when the page reloads itself or goes elsewhere meanwhile; undefined when it still does so after
 * the time that a page has. The work gets a signal that ends with that time too (on such a page, any question may wait in vain), and can
 * ask whether the page has been restless so far.
 */
export async function throughNavigations<T>(
  page: Page,
  limits: SettleLimits,
  work: (again: boolean, limits: SettleLimits, restless: () => boolean) => Promise<T>,
): Promise<T | undefined> {
  const { clock, withinMs } = limits;
  const restless = new AbortController();
  const signal = AbortSignal.any([limits.signal, restless.signal]);
  const start = clock.monotonic();
  let documents = 0;
  const isRestless = () => documents > MANY_DOCUMENTS;
  const count = (request: HTTPRequest) => {
    if (!request.isNavigationRequest() || request.frame() !== page.mainFrame()) return;
    documents += 1;
    if (isRestless() && clock.monotonic() - start >= withinMs) restless.abort(new Restless());
  };
  page.on("request", count);
  try {
    for (let again = false; ; again = true) {
      signal.throwIfAborted();
      try {
        return await withSignal(work(again, { ...limits, signal }, isRestless), signal);
      } catch (error) {
        if (signal.aborted || !hasNavigated(error, page)) throw error;
        if (clock.monotonic() - start >= withinMs) return undefined;
        await clock.sleep(PAUSE_MS, signal);
      }
    }
  } catch (error) {
    if (restless.signal.aborted && !limits.signal.aborted) return undefined;
    throw error;
  } finally {
    page.off("request", count);
  }
}

/** What is told of a page that never stands still. */
export const RESTLESS = "la page se recharge ou change d’adresse pendant qu’on la photographie";
