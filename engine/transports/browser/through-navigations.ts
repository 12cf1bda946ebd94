import type { Page } from "puppeteer-core";
import { hasNavigated } from "./has-navigated.ts";
import type { SettleLimits } from "./settle.ts";

const PAUSE_MS = 200;

/**
 * Does the work again from its beginning when the page reloads itself or goes elsewhere meanwhile; undefined when it still does so after
 * the time that a page has.
 */
export async function throughNavigations<T>(
  page: Page,
  { clock, withinMs, signal }: SettleLimits,
  work: (again: boolean) => Promise<T>,
): Promise<T | undefined> {
  const start = clock.monotonic();
  for (let again = false; ; again = true) {
    signal.throwIfAborted();
    try {
      return await work(again);
    } catch (error) {
      if (!hasNavigated(error, page)) throw error;
      if (clock.monotonic() - start >= withinMs) return undefined;
      await clock.sleep(PAUSE_MS, signal);
    }
  }
}

/** What is told of a page that never stands still. */
export const RESTLESS = "la page se recharge ou change d’adresse pendant qu’on la photographie";
