import type { InstallerScreen } from "../screen.ts";
import { type Canvas, type Colour, disc, widthOf, write } from "./canvas.ts";
import type { FontName } from "./fonts.ts";

const BLACK: Colour = [0, 0, 0];
const ORANGE: Colour = [229, 112, 0];
const LINE = 19;

/** Writes the two columns of a page above `bottom`: introduction to the left, bullets to the right. */
export function writeColumns(canvas: Canvas, { left, right, centred, table }: InstallerScreen, bottom: number): void {
  const top = centred === true ? 310 : table === undefined ? 283 : 272;
  const width = centred === true ? 460 : table === undefined ? 380 : 790;
  let y = top;
  for (const paragraph of left) {
    y = writeParagraph(canvas, paragraph, centred === true ? 262 : 118, y, width, bottom) + LINE;
  }
  let beside = centred === true ? y + 20 : top;
  for (const { head, text } of right) {
    const x = centred === true ? 327 : 546;
    if (beside > bottom) return;
    disc(canvas, x - 26, beside - 6, 3, ORANGE);
    beside = writeParagraph(canvas, `**${head}** ${text}`, x, beside, 370, bottom) + LINE;
  }
}

/** Gives the base line below the paragraph's last one. */
function writeParagraph(canvas: Canvas, text: string, x: number, y: number, width: number, bottom: number): number {
  let [pen, line] = [x, y];
  let font: FontName = "sans-16";
  for (const word of text.split(/(\*\*|\n| )/)) {
    if (word === "**") font = font === "sans-16" ? "sans-bold-16" : "sans-16";
    else if (word === "\n") [pen, line] = [x, line + LINE];
    else if (word === " ") pen += pen > x ? widthOf(" ", font) : 0;
    else if (word !== "") {
      if (pen + widthOf(word, font) > x + width) [pen, line] = [x, line + LINE];
      if (line < bottom - 4) pen = write(canvas, word, pen, line, font, BLACK);
    }
  }
  return line + LINE;
}
