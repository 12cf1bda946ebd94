import type { BrowserSpec } from "../../model/browser-spec.ts";
import type { Judgement } from "../../model/expectation.ts";
import { asksPage, type ComponentValues, judgePage } from "./judge-page.ts";
import type { PageReading, PageWindow, Unmet } from "./page/page-types.ts";
import type { Subject } from "./subject.ts";

declare const window: PageWindow;

/** What the page holds and shows at one instant: all of it comes from one question. */
export interface SeenPage {
  /** When the document began. */
  readonly origin: number;
  readonly reading: PageReading;
  /** What each query of the expectations finds. */
  readonly components: Readonly<Record<string, ComponentValues>>;
  readonly unmet: Unmet;
  /** All that is written; empty when there is nothing to look for. */
  readonly texts: readonly string[];
}

/** What the page's components hold and show, in the scope of the picture; what is written on the page when asked. */
export async function seePage(
  { page, want }: Pick<Subject, "page" | "want">,
  spec: BrowserSpec,
  withTexts = false,
): Promise<SeenPage> {
  const queries = spec.expect.flatMap((each) => ("component" in each ? [each.component] : []));
  return await page.evaluate(
    (w, scope, asked, all) => {
      const library = window.__constat;
      return {
        origin: window.performance.timeOrigin,
        reading: library.read(w, scope),
        components: Object.fromEntries(asked.map((query) => [query, library.values(query)])),
        unmet: library.unmet(w),
        texts: all ? library.texts() : [],
      };
    },
    want,
    textScope(spec),
    queries,
    withTexts,
  );
}

/** Of which part of the page the text is kept. */
export function textScope({ crop }: Pick<BrowserSpec, "crop">): "page" | "content" | "window" {
  return crop === "content" || crop === "window" ? crop : "page";
}

/** Judges what the page alone can answer, in the author's order. */
export function judgeSeen(
  spec: BrowserSpec,
  { reading, components }: Pick<SeenPage, "reading" | "components">,
): readonly Judgement[] {
  return spec.expect.filter(asksPage).map((each) => judgePage(each, reading, components));
}
