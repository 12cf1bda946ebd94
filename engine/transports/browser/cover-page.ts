import { sha256 } from "../../base/digest.ts";
import { ProblemError } from "../../base/problem.ts";
import type { BrowserSpec } from "../../model/browser-spec.ts";
import { coverRules, FROZEN, idleRules, secretsIn, shows, withoutCovered, withoutMasked } from "./cover-rules.ts";
import { sameDocument } from "./has-navigated.ts";
import type { Covered, PageReading, PageWindow } from "./page/page-types.ts";
import { type SeenPage, seePage, textScope } from "./see-page.ts";
import type { SettleLimits } from "./settle.ts";
import type { Subject } from "./subject.ts";
import { type Picture, takePicture } from "./take-picture.ts";

declare const window: PageWindow;

/** A page that paints a secret anew faster than it can be covered is given up after so many pictures. */
const ATTEMPTS = 4;

/** A picture, and what was read from the page in the same state. */
export interface CoveredPage {
  readonly picture: Picture;
  readonly reading: PageReading;
  /** The same before anything was hidden in it: to compare with, never to keep. */
  readonly open: SeenPage;
  /** SHA-256 of what the page was built of. */
  readonly dom: string;
  readonly frozen: readonly { readonly what: string; readonly places: number }[];
  /** How many places were covered: by the author's rules, and because a secret stood there. */
  readonly places: { readonly masks: number; readonly secrets: number };
  /** The author's rules that met nothing. */
  readonly idle: readonly string[];
  /** Covers the same in anything else that is kept beside the picture. */
  hide<T>(value: T): T;
}

/**
 * Covers, freezes, reads and shoots while everything stays covered, then takes it all off. A picture on which a secret shows is thrown
 * away. Nothing is covered nor shot before `restedAt` of the clock, but the page is looked at. Throws BROWSER_SECRET when it cannot be
 * helped.
 */
export async function coverPage(
  subject: Subject,
  spec: BrowserSpec,
  limits: SettleLimits,
  restedAt = 0,
): Promise<CoveredPage> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    limits.signal.throwIfAborted();
    const covered = await once(subject, spec, limits, restedAt);
    if (covered !== undefined) return covered;
  }
  throw new ProblemError(
    "BROWSER_SECRET",
    `${subject.name} réécrit sans cesse ce qui doit y être masqué : aucune image n’est gardée.`,
    {
      scope: "environment",
      hint: "Photographier une vue qui ne montre pas ce secret, ou cadrer autrement.",
    },
  );
}

async function once(
  subject: Subject,
  spec: BrowserSpec,
  limits: SettleLimits,
  restedAt: number,
): Promise<CoveredPage | undefined> {
  const { page, want } = subject;
  const known = subject.secrets();
  const guarded = known.length > 0 || spec.mask.length > 0;
  const open = await seePage(subject, spec, guarded);
  // The page is told of those secrets alone that it shows already.
  const rules = coverRules(spec, secretsIn(open.texts, known));
  const left = restedAt - limits.clock.monotonic();
  if (left > 0) await limits.clock.sleep(left, limits.signal);
  try {
    const { found, reading, dom } = await page.evaluate(
      (w, r, scope) => {
        const library = window.__constat;
        return { found: library.cover(w, r), reading: library.read(w, scope), dom: library.dom() };
      },
      want,
      rules,
      textScope(spec),
    );
    const picture = await takePicture(page, want, spec);
    const after = await page.evaluate(
      (all) => ({ origin: window.performance.timeOrigin, texts: all ? window.__constat.texts() : [] }),
      guarded,
    );
    // Another document would be on the picture without what was covered by place on this one.
    sameDocument(open.origin, after.origin);
    if (shows(after.texts, rules) || secretsIn(after.texts, known).length > 0) return undefined;
    const hide = <T>(value: T): T => withoutCovered(value, rules, found.words);
    const frozen = rules.freeze.flatMap((each, index) => {
      const places = found.frozen[index] ?? 0;
      return places === 0
        ? []
        : [{ what: "text" in each ? `/${each.text}/` : JSON.stringify(each), places, mark: FROZEN }];
    });
    return {
      picture,
      open,
      reading: hide(withoutMasked(reading, spec.mask)),
      dom: sha256(dom),
      frozen,
      places: placesOf(found, spec),
      idle: idleRules(spec, found),
      hide,
    };
  } finally {
    await page.evaluate(() => window.__constat.uncover());
  }
}

/** Patterns of the author come before those of the secrets. */
function placesOf({ spots, patterns }: Covered, { mask }: BrowserSpec): CoveredPage["places"] {
  const authored = mask.filter((each) => "text" in each).length;
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  return { masks: sum(spots) + sum(patterns.slice(0, authored)), secrets: sum(patterns.slice(authored)) };
}
