import type { Page } from "puppeteer-core";
import type { Json } from "../../base/json.ts";
import type { BrowserSpec } from "../../model/browser-spec.ts";
import type { Judgement } from "../../model/expectation.ts";
import type { Shot } from "../port.ts";
import { annotate } from "./annotate.ts";
import { type CoveredPage, coverPage } from "./cover-page.ts";
import { evidenceUrl } from "./evidence-url.ts";
import { sameDocument } from "./has-navigated.ts";
import { asksApi, asksPage, judgeApi } from "./judge-page.ts";
import type { PageWindow, Want } from "./page/page-types.ts";
import type { ApiAnswer } from "./pve-session.ts";
import { judgeSeen, seePage } from "./see-page.ts";
import { type SettleLimits, settle } from "./settle.ts";
import { shotOf } from "./shot-of.ts";
import type { Subject } from "./subject.ts";

declare const window: PageWindow;

/** After a field was left, for what follows a paint; a page that stayed as it had settled needs none. */
const REST_MS = 150;
const RETRY_MS = 250;
/** A poll of the page can change it between the judgement and the picture; then both are done again. */
const ROUNDS = 3;

/** Judges, covers, points and shoots a page that is settled. The judgements are true of the page both before and after the picture. */
export async function shootPage(
  subject: Subject,
  spec: BrowserSpec,
  limits: SettleLimits,
): Promise<{ readonly shot: Shot; readonly missing: readonly string[] }> {
  const { page, want } = subject;
  try {
    const { origin, changed } = await page.evaluate(
      (w, keep, wide) => {
        const quieted = window.__constat.quiet(keep);
        // Columns are laid out anew at once; the frames before the picture paint them.
        if (wide) window.__constat.widen(w);
        return { origin: window.performance.timeOrigin, changed: quieted };
      },
      want,
      // Leaving the login window's first field would mark it as missing.
      want.type === "login",
      spec.widen,
    );
    const restedAt = changed ? limits.clock.monotonic() + REST_MS : 0;
    await untilTrue(subject, spec, limits, origin);
    return await rounds(subject, spec, limits, origin, restedAt);
  } finally {
    if (spec.widen && !page.isClosed()) await page.evaluate(() => window.__constat.narrow()).catch(() => {});
  }
}

async function rounds(
  subject: Subject,
  spec: BrowserSpec,
  limits: SettleLimits,
  origin: number,
  restedAt: number,
): ReturnType<typeof shootPage> {
  const { page, want } = subject;
  const start = limits.clock.monotonic();
  for (let round = 1; ; round += 1) {
    await showRows(page, want, spec);
    const backing = keepAnswers(subject.ask);
    const covering = coverPage(subject, spec, limits, restedAt);
    const reading = covering.then(({ open }) => open.reading);
    // An API that gives no answer leaves nobody to wait for it.
    reading.catch(() => {});
    // The API is asked while the picture is taken: nearer to it than afterwards.
    const [covered, differing] = await together(
      covering,
      subject.compare(reading, backing.ask),
      askAll(backing.ask, spec),
    );
    const before = judgeSeen(spec, covered.open);
    const seen = await seePage(subject, spec);
    sameDocument(origin, seen.origin);
    const after = judgeSeen(spec, seen);
    // An error box, a veil, the login window: what came up meanwhile is on the picture.
    const risen = seen.unmet.hard;
    if (risen.length > 0) {
      const unmet = round >= ROUNDS ? risen : await settle(page, want, limits);
      if (unmet.length > 0) return { shot: await shootAsIs(subject, spec, limits), missing: unmet };
      continue;
    }
    if (round < ROUNDS && before.some(({ ok }, index) => ok !== after[index]?.ok)) continue;
    const judged = before.map((each, index) => (each.ok ? (after[index] ?? each) : each));
    const told = await withApi(backing.ask, spec, judged);
    // The page polls: what it has not heard of yet it will show in a moment.
    const patient = limits.clock.monotonic() - start < Math.min(limits.withinMs, spec.within ?? limits.withinMs);
    if (differing.length > 0 && patient) {
      await limits.clock.sleep(RETRY_MS, limits.signal);
      continue;
    }
    const shot = await finish(subject, spec, covered, [...told, ...differing], backing.answers());
    return { shot, missing: [...covered.picture.missing, ...covered.idle] };
  }
}

/** Waits for all, whatever becomes of one: a page that is still being worked on must not be begun again. */
async function together<A, B>(first: Promise<A>, second: Promise<B>, rest: Promise<unknown>): Promise<[A, B]> {
  await Promise.allSettled([first, second, rest]);
  await rest;
  return [await first, await second];
}

async function askAll(ask: Subject["ask"], spec: BrowserSpec): Promise<void> {
  await Promise.all(spec.expect.filter(asksApi).map(({ api }) => ask(api)));
}

/** The page as it is, though it never became what was asked: no judgement, but a picture to understand why. */
export async function shootAsIs(subject: Subject, spec: BrowserSpec, limits: SettleLimits): Promise<Shot> {
  const bare: BrowserSpec = { ...spec, highlight: [], freeze: [], crop: "page" };
  return await finish(subject, bare, await coverPage(subject, bare, limits), [], {});
}

async function finish(
  subject: Subject,
  spec: BrowserSpec,
  covered: CoveredPage,
  judgements: readonly Judgement[],
  api: Readonly<Record<string, Json>>,
): Promise<Shot> {
  const { page, want } = subject;
  const { picture } = covered;
  const { cut, viewport } = await page.evaluate(
    (w) => ({
      cut: window.__constat.cutColumns(w),
      viewport: { width: window.innerWidth, height: window.innerHeight },
    }),
    want,
  );
  const drawn = picture.marks.length === 0 ? undefined : await annotate(page.browserContext(), picture, spec.scale);
  const url = evidenceUrl(page.url());
  const browser = await page.browser().version();
  const facts = { ...subject.facts, url, browser, viewport, cutColumns: cut };
  return shotOf({ name: subject.name, facts, scale: spec.scale, url, covered, drawn, judgements, api });
}

async function untilTrue(subject: Subject, spec: BrowserSpec, limits: SettleLimits, origin: number): Promise<void> {
  if (!spec.expect.some(asksPage)) return;
  const start = limits.clock.monotonic();
  for (;;) {
    const seen = await seePage(subject, spec);
    if (judgeSeen(spec, seen).every(({ ok }) => ok)) return;
    sameDocument(origin, seen.origin);
    if (limits.clock.monotonic() - start >= (spec.within ?? limits.withinMs)) return;
    await limits.clock.sleep(RETRY_MS, limits.signal);
  }
}

/** A row that an author names must be on the picture, not below its edge. */
async function showRows(page: Page, want: Want, spec: BrowserSpec): Promise<void> {
  for (const each of spec.expect) {
    if ("row" in each) await page.evaluate((w, s) => window.__constat.boxes(w, s), want, { row: each.row });
  }
}

/** Asks each path once a picture, and keeps what was answered. */
function keepAnswers(ask: Subject["ask"]) {
  const answers = new Map<string, Promise<ApiAnswer>>();
  const settled = new Map<string, ApiAnswer>();
  return {
    ask: async (path: string): Promise<ApiAnswer> => {
      const asked = answers.get(path) ?? ask(path);
      answers.set(path, asked);
      const answer = await asked;
      settled.set(path, answer);
      return answer;
    },
    answers: () =>
      Object.fromEntries(
        [...settled].map(([path, { status, text, data }]) => [path, status === 200 ? data : { erreur: text }] as const),
      ),
  };
}

/** Puts the API's judgements back among the page's, in the author's order. */
async function withApi(
  ask: Subject["ask"],
  spec: BrowserSpec,
  judged: readonly Judgement[],
): Promise<readonly Judgement[]> {
  const judgements: Judgement[] = [];
  let next = 0;
  for (const each of spec.expect) {
    if (asksApi(each)) judgements.push(judgeApi(each, await ask(each.api)));
    else {
      const judgement = judged[next];
      if (judgement !== undefined) judgements.push(judgement);
      next += 1;
    }
  }
  return judgements;
}
