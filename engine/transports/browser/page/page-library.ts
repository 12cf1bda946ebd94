import { installHighlight } from "./install-highlight.ts";
import { installRead } from "./install-read.ts";
import { installScope } from "./install-scope.ts";
import { installSettle } from "./install-settle.ts";
import { installSpots } from "./install-spots.ts";
import { installTouch } from "./install-touch.ts";

/** The script that puts `__constat` into a page before its own scripts run; each function travels as its own text. */
export const PAGE_LIBRARY = [installScope, installSettle, installRead, installSpots, installTouch, installHighlight]
  .map((install) => `(${install.toString()})();`)
  .join("\n");
