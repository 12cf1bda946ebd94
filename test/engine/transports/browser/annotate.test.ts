import type { Browser, BrowserContext } from "puppeteer-core";
import { expect, test } from "vitest";
import { annotate, prepareSheet } from "../../../../engine/transports/browser/annotate.ts";

const PICTURE = {
  png: Buffer.from("png"),
  marks: [{ box: { x: 1, y: 1, width: 2, height: 2 }, text: "1" }],
  frame: { x: 0, y: 0, width: 10, height: 10 },
  written: [],
  missing: [],
};

/** A browser that counts the pages which are opened in it. */
function counting() {
  const opened = { pages: 0 };
  const sheet = {
    isClosed: () => false,
    viewport: () => null,
    setViewport: async () => {},
    setContent: async () => {},
    evaluate: async () => {},
    screenshot: async () => Buffer.from("drawn"),
  };
  const newPage = async () => {
    opened.pages += 1;
    return sheet;
  };
  const browser = { createBrowserContext: async () => ({ newPage }) } as unknown as Browser;
  /** As of a page that is photographed: each site and each login window has its own. */
  const context = () => ({ browser: () => browser }) as unknown as BrowserContext;
  return { opened, context };
}

test("annotate() draws on one sheet, however many contexts come and go", async () => {
  const { opened, context } = counting();
  const first = context();
  prepareSheet(first);
  expect(await annotate(first, PICTURE, 2)).toEqual(Buffer.from("drawn"));
  for (let site = 0; site < 3; site += 1) await annotate(context(), PICTURE, 2);
  expect(opened.pages).toBe(1);
});

test("annotate() opens a sheet in each browser", async () => {
  const [old, restarted] = [counting(), counting()];
  await annotate(old.context(), PICTURE, 2);
  await annotate(restarted.context(), PICTURE, 2);
  expect([old.opened.pages, restarted.opened.pages]).toEqual([1, 1]);
});
