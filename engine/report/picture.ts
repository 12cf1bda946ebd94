import type { Figure } from "../model/event.ts";
import type { Picture } from "../model/report-body.ts";

/** CSS pixels of the page: 170 mm, the whole width of the text, for an interface to be read on paper. What is wider is cut by the printer. */
const WIDEST = 642;
const HIGHEST = 415;
/** A CSS pixel of the picture is this many of the page, so that texts of all figures have about one size. */
const REDUCTION = 0.45;
const NARROWEST = 300;

/** A picture with the size it has on the page: never wider than the text, never enlarged, small windows kept small. */
export function toPicture(figure: Extract<Figure, { type: "picture" }>): Picture {
  const { picture, width, height, scale, url, alternative } = figure;
  const natural = width / scale;
  const wished = Math.min(natural, WIDEST, Math.max(NARROWEST, natural * REDUCTION));
  const shownWidth = Math.min(wished, (HIGHEST * width) / height);
  return {
    path: picture.path,
    sha256: picture.sha256,
    mediaType: picture.mediaType,
    bytes: picture.bytes,
    pixels: { width, height },
    shown: { width: Math.round(shownWidth), height: Math.round((shownWidth * height) / width) },
    url,
    alternative,
  };
}
