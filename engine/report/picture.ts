import type { Figure } from "../model/event.ts";
import type { Picture } from "../model/report-body.ts";

/** CSS pixels of the page: 186 mm, the text and a little of both margins, is what makes an interface readable on paper. */
const WIDEST = 703;
const HIGHEST = 480;
/** A CSS pixel of the picture is this many of the page, so that texts of all figures have about one size. */
const REDUCTION = 0.49;
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
