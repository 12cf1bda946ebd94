import { installCover } from "./install-cover.ts";
import { installDom } from "./install-dom.ts";
import { installHighlight } from "./install-highlight.ts";
import { installRead } from "./install-read.ts";
import { installScope } from "./install-scope.ts";
import { installSettle } from "./install-settle.ts";
import { installSpots } from "./install-spots.ts";
import { installTexts } from "./install-texts.ts";
import { installTouch } from "./install-touch.ts";
import { installWiden } from "./install-widen.ts";

const PARTS = [
  ...[installScope, installSettle, installRead, installSpots, installTexts, installCover],
  ...[installTouch, installWiden, installDom, installHighlight],
];

/** The script that puts `__constat` into a page before its own scripts run; each function travels as its own text. */
export const PAGE_LIBRARY = PARTS.map((install) => `(${install.toString()})();`).join("\n");
