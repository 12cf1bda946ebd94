import type { KindName } from "../model/runbook.ts";
import { browser } from "./browser.ts";
import { console } from "./console.ts";
import { file } from "./file.ts";
import { http } from "./http.ts";
import type { Kind } from "./kind.ts";
import { manual } from "./manual.ts";
import { shell } from "./shell.ts";
import { watch } from "./watch.ts";

export type { Kind, Ports } from "./kind.ts";
export { askedOf } from "./manual/asked-of.ts";
export { readPicture } from "./manual/read-picture.ts";

/** Every kind of block, by name. */
export const KINDS: Readonly<Record<KindName, Kind>> = { shell, http, browser, console, watch, manual, file };
export { readClock } from "./shell/read-clock.ts";
