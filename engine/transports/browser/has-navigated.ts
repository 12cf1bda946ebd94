import type { Page } from "puppeteer-core";
import type { PageLibrary } from "./page/page-types.ts";

/** The page is not the document any more that it was. */
class Navigated extends Error {
  override readonly name = "Navigated";
}

/** What the library throws when a page went elsewhere while it was asked something. */
const NAVIGATED =
  /context was destroyed|Cannot find context|context is not available|target navigated|(?:Node|object) .*(?:detached|does not belong)|same JavaScript world|JSHandle is disposed/i;

/** Every function of ours in a page, so that the compiler counts them. */
const OURS: Readonly<Record<keyof PageLibrary, true>> = {
  query: true,
  errors: true,
  present: true,
  wizard: true,
  root: true,
  inside: true,
  tables: true,
  records: true,
  textOf: true,
  matches: true,
  fieldsOf: true,
  messages: true,
  windows: true,
  unmet: true,
  read: true,
  values: true,
  elements: true,
  boxes: true,
  button: true,
  menuEntry: true,
  consent: true,
  fill: true,
  invalid: true,
  arrange: true,
  quiet: true,
  textNodes: true,
  inputsOf: true,
  lines: true,
  texts: true,
  coverWords: true,
  fieldAt: true,
  cover: true,
  isCovered: true,
  uncover: true,
  widen: true,
  narrow: true,
  cutColumns: true,
  dom: true,
  written: true,
  highlight: true,
  closeWindows: true,
};

/** A page without our functions is between two documents. */
const BETWEEN = new RegExp(`undefined \\(reading '(?:${Object.keys(OURS).join("|")})'\\)`);

/** True when the page loaded something else under our hands; false for a page that is gone for good. */
export function hasNavigated(error: unknown, page: Page): boolean {
  if (page.isClosed() || !(error instanceof Error)) return false;
  return error instanceof Navigated || NAVIGATED.test(error.message) || BETWEEN.test(error.message);
}

/** Throws Navigated for a document that began at another time: half of what is read would be of the one, half of the other. */
export function sameDocument(before: number, now: number): void {
  if (before !== now) throw new Navigated("the page loaded another document");
}
