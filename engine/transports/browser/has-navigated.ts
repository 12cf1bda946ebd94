import type { Page } from "puppeteer-core";

declare const performance: { readonly timeOrigin: number };

/** The page is not the document any more that it was. */
export class Navigated extends Error {
  override readonly name = "Navigated";
}

/** What the library throws when a page went elsewhere while it was asked something; a page without our functions is between two documents. */
const NAVIGATED =
  /context was destroyed|Cannot find context|context is not available|target navigated|(?:Node|object) .*(?:detached|does not belong)|same JavaScript world|JSHandle is disposed|undefined \(reading '(?:unmet|read|values|boxes|quiet|mask|unmask|highlight|unhighlight|query|fill|invalid|closeWindows)'\)/i;

/** True when the page loaded something else under our hands; false for a page that is gone for good. */
export function hasNavigated(error: unknown, page: Page): boolean {
  if (page.isClosed() || !(error instanceof Error)) return false;
  return error instanceof Navigated || NAVIGATED.test(error.message);
}

/**
 * Gives a question that throws Navigated once the page shows another document than now: half of what is read would be of the one, half of
 * the other.
 */
export async function sameDocument(page: Page): Promise<() => Promise<void>> {
  const now = await page.evaluate(() => performance.timeOrigin);
  return async () => {
    if ((await page.evaluate(() => performance.timeOrigin)) !== now)
      throw new Navigated("the page loaded another document");
  };
}
