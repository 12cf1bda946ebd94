import type { BrowserContext, Page } from "puppeteer-core";
import { PAGE_LIBRARY } from "./page/page-library.ts";
import { guardPage } from "./read-only-page.ts";

/** A page with what went wrong on it since its last load. */
export interface OpenPage {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Uncaught errors of the page's own scripts, oldest first; emptied by the caller before a load. */
  readonly errors: string[];
  /** The renderer is gone. */
  crashed(): boolean;
}

/** A page in a context of its own, with our functions installed before any script of the site. */
export async function openPage(context: BrowserContext): Promise<OpenPage> {
  const page = await context.newPage();
  const errors: string[] = [];
  let crashed = false;
  page.on("pageerror", (error) => {
    errors.push(error instanceof Error ? error.message : String(error));
  });
  page.on("error", () => {
    crashed = true;
  });
  // A dialog of the browser would hold every script of the page for ever.
  page.on("dialog", (dialog) => {
    dialog.dismiss().catch(() => {});
  });
  await guardPage(page);
  await page.evaluateOnNewDocument(PAGE_LIBRARY);
  return { context, page, errors, crashed: () => crashed };
}
