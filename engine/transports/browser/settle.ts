import type { Page } from "puppeteer-core";
import type { Clock } from "../../base/clock.ts";
import { hasNavigated } from "./has-navigated.ts";
import type { PageWindow, Unmet, Want } from "./page/page-types.ts";

declare const window: PageWindow;

const EVERY_MS = 50;
const QUIET_MS = 300;
/** Stores that nobody asked to load never become loaded; after this long without anything else pending they are left alone. */
const GIVE_UP_MS = 1_500;

export interface SettleLimits {
  readonly clock: Clock;
  /** How long the page may take to become what was asked. */
  readonly withinMs: number;
  readonly signal: AbortSignal;
  /** Soft conditions that were given up for this picture already: not waited for twice. */
  readonly givenUp: Set<string>;
}

/** Waits until nothing keeps the page from being what was asked; resolves to what is still missing at the limit (empty: settled). */
export async function settle(page: Page, want: Want, limits: SettleLimits): Promise<readonly string[]> {
  const { clock, withinMs, signal } = limits;
  const start = clock.monotonic();
  let hardSince: number | undefined;
  let softSince: number | undefined;
  let unmet: Unmet = { hard: ["la page ne répond pas"], soft: [] };
  for (;;) {
    signal.throwIfAborted();
    const seen = await look(page, want);
    unmet = { ...seen, soft: seen.soft.filter((each) => !limits.givenUp.has(each)) };
    const now = clock.monotonic();
    hardSince = unmet.hard.length > 0 ? undefined : (hardSince ?? now);
    softSince = unmet.hard.length + unmet.soft.length > 0 ? undefined : (softSince ?? now);
    if (softSince !== undefined && now - softSince >= QUIET_MS) return [];
    if (hardSince !== undefined && now - hardSince >= GIVE_UP_MS) {
      for (const each of unmet.soft) limits.givenUp.add(each);
      return [];
    }
    if (now - start >= withinMs) return [...unmet.hard, ...unmet.soft];
    await clock.sleep(EVERY_MS, signal);
  }
}

/** What keeps the page from being what was asked, at this instant. */
async function look(page: Page, want: Want): Promise<Unmet> {
  try {
    return await page.evaluate((wanted) => {
      // Before the first look at a page that is whole, so that its paint is settled too.
      window.__constat.arrange(wanted);
      return window.__constat.unmet(wanted);
    }, want);
  } catch (error) {
    // A reload under way takes the page's scripts with it; a page that is gone for good is the caller's business.
    if (!hasNavigated(error, page)) throw error;
    return { hard: ["la page est en train de se charger"], soft: [] };
  }
}
