import type { BrowserContext } from "puppeteer-core";
import { PAGE_LIBRARY } from "./page/page-library.ts";
import type { PageWindow } from "./page/page-types.ts";
import type { Picture } from "./take-picture.ts";

declare const window: PageWindow;

/** Draws the frames and notes on a copy of the picture, on an empty page of its own; neither the picture nor its page is touched. */
export async function annotate(context: BrowserContext, picture: Picture, scale: number): Promise<Buffer> {
  const { frame, marks, written, png } = picture;
  const sheet = await context.newPage();
  try {
    await sheet.setViewport({ width: frame.width, height: frame.height, deviceScaleFactor: scale });
    const image = `data:image/png;base64,${png.toString("base64")}`;
    const size = `position:absolute;left:0;top:0;width:${frame.width}px;height:${frame.height}px;image-rendering:pixelated`;
    await sheet.setContent(
      `<!doctype html><body style="margin:0;overflow:hidden"><img src="${image}" style="${size}"></body>`,
    );
    await sheet.evaluate(PAGE_LIBRARY);
    const moved = marks.map(({ box, text }) => ({ box: { ...box, x: box.x - frame.x, y: box.y - frame.y }, text }));
    const texts = written.map((rect) => ({ ...rect, left: rect.left - frame.x, top: rect.top - frame.y }));
    await sheet.evaluate(
      async (m, bounds, w) => {
        await Promise.all([...window.document.querySelectorAll("img")].map((each) => each.decode?.()));
        window.__constat.highlight(m, bounds, w);
      },
      moved,
      { ...frame, x: 0, y: 0 },
      texts,
    );
    return Buffer.from(await sheet.screenshot({ type: "png", optimizeForSpeed: true, captureBeyondViewport: false }));
  } finally {
    await sheet.close().catch(() => {});
  }
}
