import type { KindName } from "../model/runbook.ts";
import { browser } from "./browser.ts";
import { console } from "./console.ts";
import { http } from "./http.ts";
import type { Kind } from "./kind.ts";
import { shell } from "./shell.ts";

export type { Kind, Ports } from "./kind.ts";

/** Every kind of block, by name. */
export const KINDS: Readonly<Record<KindName, Kind>> = { shell, http, browser, console };
