import type { Json } from "../base/json.ts";
import type { Place } from "./place.ts";

/** Where a value comes from, strongest first: command line > block > placeholder > section > front matter > default. */
export const ORIGINS = ["command-line", "block", "placeholder", "section", "front-matter", "default"] as const;
export type Origin = (typeof ORIGINS)[number];

/** One value an author (or a default) gave to a key, before its type is checked. */
export interface RawSetting {
  readonly value: Json;
  readonly origin: Origin;
  /** Where it was written; absent for defaults and the command line. */
  readonly place?: Place | undefined;
}

/** Settings by key; the strongest origin has already won. */
export type RawSettings = Readonly<Record<string, RawSetting>>;
