import { sha256 } from "../../base/digest.ts";
import { ProblemError } from "../../base/problem.ts";
import type { BrowserSpec } from "../../model/browser-spec.ts";
import { coverRules, FROZEN, idleRules, secretsIn, shows, withoutCovered, withoutMasked } from "./cover-rules.ts";
import { sameDocument } from "./has-navigated.ts";
import type { Covered, PageReading, PageWindow } from "./page/page-types.ts";
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
  readonly open: PageReading;
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
 * away. Throws BROWSER_SECRET when it cannot be helped.
 */
export async function coverPage(subject: Subject, spec: BrowserSpec, limits: SettleLimits): Promise<CoveredPage> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    limits.signal.throwIfAborted();
    const covered = await once(subject, spec);
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

async function once(subject: Subject, spec: BrowserSpec): Promise<CoveredPage | undefined> {
  const { page, want } = subject;
  // Another document would be on the picture without what was covered by place on this one.
  const stays = await sameDocument(page);
  const known = subject.secrets();
  // The page is told of those secrets alone that it shows already.
  const texts = async () =>
    known.length === 0 && spec.mask.length === 0 ? [] : await page.evaluate(() => window.__constat.texts());
  const rules = coverRules(spec, secretsIn(await texts(), known));
  const open = await readPage(subject, spec);
  try {
    const found = await page.evaluate((w, r) => window.__constat.cover(w, r), want, rules);
    const reading = await readPage(subject, spec);
    const dom = sha256(await page.evaluate(() => window.__constat.dom()));
    const picture = await takePicture(page, want, spec);
    await stays();
    const left = await texts();
    if (shows(left, rules) || secretsIn(left, known).length > 0) return undefined;
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
      dom,
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

/** What the page's components hold and show, in the scope of the picture. */
export async function readPage(
  { page, want }: Pick<Subject, "page" | "want">,
  { crop }: Pick<BrowserSpec, "crop">,
): Promise<PageReading> {
  const scope: "page" | "content" | "window" = crop === "content" || crop === "window" ? crop : "page";
  return await page.evaluate((w, s) => window.__constat.read(w, s), want, scope);
}
