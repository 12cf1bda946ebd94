import type { Browser, BrowserContext, Page } from "puppeteer-core";
import type { PageElement } from "./page/ext-types.ts";
import { PAGE_LIBRARY } from "./page/page-library.ts";
import type { PageWindow } from "./page/page-types.ts";
import type { Picture } from "./take-picture.ts";

declare const window: PageWindow;

/** The empty page of each browser on which its pictures are drawn, one after the other: opening one costs as much as drawing. */
const sheets = new WeakMap<Browser, Promise<Page>>();

/** Draws the frames and notes on a copy of the picture, on an empty page of its own; neither the picture nor its page is touched. */
export async function annotate(context: BrowserContext, picture: Picture, scale: number): Promise<Buffer> {
  const { frame, marks, written, png } = picture;
  const sheet = await sheetOf(context.browser());
  const now = sheet.viewport();
  if (now?.width !== frame.width || now.height !== frame.height || now.deviceScaleFactor !== scale)
    await sheet.setViewport({ width: frame.width, height: frame.height, deviceScaleFactor: scale });
  const image = `data:image/png;base64,${png.toString("base64")}`;
  const size = `position:absolute;left:0;top:0;width:${frame.width}px;height:${frame.height}px;image-rendering:pixelated`;
  const moved = marks.map(({ box, text }) => ({ box: { ...box, x: box.x - frame.x, y: box.y - frame.y }, text }));
  const texts = written.map((rect) => ({ ...rect, left: rect.left - frame.x, top: rect.top - frame.y }));
  await sheet.evaluate(
    async (source, style, m, bounds, w) => {
      const { body } = window.document;
      for (const each of [...(body.children as Iterable<PageElement> & ArrayLike<PageElement>)]) each.remove();
      const copy = window.document.createElement("img");
      copy.setAttribute("src", source);
      copy.setAttribute("style", style);
      body.append(copy);
      await copy.decode?.();
      window.__constat.highlight(m, bounds, w);
    },
    image,
    size,
    moved,
    { ...frame, x: 0, y: 0 },
    texts,
  );
  return Buffer.from(await sheet.screenshot({ type: "png", optimizeForSpeed: true, captureBeyondViewport: false }));
}

/** Opens the sheet ahead of the first picture with notes, while the page that is to be on it settles. */
export function prepareSheet(context: BrowserContext): void {
  // Whoever draws on it hears of what went wrong.
  sheetOf(context.browser()).catch(() => {});
}

async function sheetOf(browser: Browser): Promise<Page> {
  const opened = sheets.get(browser);
  const known = opened === undefined ? undefined : await opened.catch(() => undefined);
  if (known !== undefined && !known.isClosed()) return known;
  const opening = openSheet(browser);
  sheets.set(browser, opening);
  return await opening;
}

async function openSheet(browser: Browser): Promise<Page> {
  // A context of its own is a window of its own: no page has to come to the front for it.
  const sheet = await (await browser.createBrowserContext()).newPage();
  await sheet.setContent('<!doctype html><body style="margin:0;overflow:hidden"></body>');
  await sheet.evaluate(PAGE_LIBRARY);
  return sheet;
}
