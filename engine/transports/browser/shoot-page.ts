import type { Page } from "puppeteer-core";
import type { Json } from "../../base/json.ts";
import type { BrowserSpec } from "../../model/browser-spec.ts";
import type { Judgement } from "../../model/expectation.ts";
import type { Shot } from "../port.ts";
import { alternativeText } from "./alternative-text.ts";
import { evidenceUrl } from "./evidence-url.ts";
import { sameDocument } from "./has-navigated.ts";
import { asksApi, asksPage, type ComponentValues, judgeApi, judgePage } from "./judge-page.ts";
import type { PageReading, PageWindow, Want } from "./page/page-types.ts";
import type { ApiAnswer } from "./pve-session.ts";
import { look, type SettleLimits, settle } from "./settle.ts";
import { type Picture, rest, takePicture } from "./take-picture.ts";

declare const window: PageWindow;

const RETRY_MS = 250;
/** A poll of the page can change it between the judgement and the picture; then both are done again. */
const ROUNDS = 3;

/** A page that is ready to be photographed. */
export interface Subject {
  readonly page: Page;
  readonly want: Want;
  /** `Interface web de Proxmox VE 9.2 sur pve1`. */
  readonly name: string;
  /** What is kept beside the rows: version, view, dialog. */
  readonly facts: Readonly<Record<string, Json>>;
  /** Asks the API that backs the picture. */
  ask(path: string): Promise<ApiAnswer>;
}

/** Judges, covers, points and shoots a page that is settled. The judgements are true of the page both before and after the picture. */
export async function shootPage(
  subject: Subject,
  spec: BrowserSpec,
  limits: SettleLimits,
): Promise<{ readonly shot: Shot; readonly missing: readonly string[] }> {
  const { page, want } = subject;
  const stays = await sameDocument(page);
  // Leaving the login window's first field would mark it as missing.
  const keepFocus = want.type === "login";
  await page.evaluate((hide, keep) => window.__constat.quiet(hide, keep), !spec.log, keepFocus);
  await rest(page, limits.clock, limits.signal);
  await untilTrue(subject, spec, limits, stays);
  for (let round = 1; ; round += 1) {
    await showRows(page, want, spec);
    const before = await judge(page, want, spec);
    const covered = await cover(subject, spec, limits);
    const after = await judge(page, want, spec);
    // An error box, a veil, the login window: what came up meanwhile is on the picture.
    const risen = (await look(page, want)).hard;
    if (risen.length > 0) {
      const unmet = round === ROUNDS ? risen : await settle(page, want, limits);
      if (unmet.length > 0) return { shot: await shootAsIs(subject, spec, limits), missing: unmet };
      continue;
    }
    if (round < ROUNDS && before.some(({ ok }, index) => ok !== after[index]?.ok)) continue;
    const judged = before.map((each, index) => (each.ok ? (after[index] ?? each) : each));
    const { judgements, api } = await withApi(subject, spec, judged);
    await stays();
    return { shot: shotOf(subject, spec, covered, judgements, api), missing: covered.picture.missing };
  }
}

/** The page as it is, though it never became what was asked: no judgement, but a picture to understand why. */
export async function shootAsIs(subject: Subject, spec: BrowserSpec, limits: SettleLimits): Promise<Shot> {
  const { highlight: _, crop: __, ...rest } = spec;
  const bare: BrowserSpec = { ...rest, highlight: [], crop: "page" };
  return shotOf(subject, bare, await cover(subject, bare, limits), [], {});
}

interface Covered {
  readonly picture: Picture;
  readonly reading: PageReading;
}

/** Masks, reads and shoots in one go, because the next poll paints covered cells again; then takes the masks off. */
async function cover({ page, want }: Subject, spec: BrowserSpec, { clock, signal }: SettleLimits): Promise<Covered> {
  try {
    const found = await page.evaluate((w, spots) => window.__constat.mask(w, spots), want, spec.mask);
    const reading = await read(page, want, spec);
    const picture = await takePicture(page, want, spec, clock, signal);
    const uncovered = spec.mask.filter((_, index) => found[index] === 0).map((spot) => JSON.stringify(spot));
    const missing = [...picture.missing, ...uncovered.map((spot) => `rien à masquer pour ${spot}`)];
    return { picture: { ...picture, missing }, reading: withoutMasked(reading, spec) };
  } finally {
    await page.evaluate(() => window.__constat.unmask());
  }
}

async function untilTrue(
  { page, want }: Subject,
  spec: BrowserSpec,
  limits: SettleLimits,
  stays: () => Promise<void>,
): Promise<void> {
  const start = limits.clock.monotonic();
  for (;;) {
    const judgements = await judge(page, want, spec);
    if (judgements.every(({ ok }) => ok)) return;
    await stays();
    if (limits.clock.monotonic() - start >= (spec.within ?? limits.withinMs)) return;
    await limits.clock.sleep(RETRY_MS, limits.signal);
  }
}

async function judge(page: Page, want: Want, spec: BrowserSpec): Promise<readonly Judgement[]> {
  const reading = await read(page, want, spec);
  const seen = spec.expect.filter(asksPage);
  const components: Record<string, ComponentValues> = {};
  for (const each of seen) {
    if (!("component" in each)) continue;
    components[each.component] = await page.evaluate((q) => window.__constat.values(q), each.component);
  }
  return seen.map((each) => judgePage(each, reading, components));
}

async function read(page: Page, want: Want, { crop }: BrowserSpec): Promise<PageReading> {
  const scope: "page" | "content" | "window" = crop === "content" || crop === "window" ? crop : "page";
  return await page.evaluate((w, s) => window.__constat.read(w, s), want, scope);
}

/** A row that an author names must be on the picture, not below its edge. */
async function showRows(page: Page, want: Want, spec: BrowserSpec): Promise<void> {
  for (const each of spec.expect) {
    if ("row" in each) await page.evaluate((w, s) => window.__constat.boxes(w, s), want, { row: each.row });
  }
}

/** Puts the API's judgements back among the page's, in the author's order. */
async function withApi(
  subject: Subject,
  spec: BrowserSpec,
  judged: readonly Judgement[],
): Promise<{ readonly judgements: readonly Judgement[]; readonly api: Readonly<Record<string, Json>> }> {
  const answers = new Map<string, ApiAnswer>();
  const judgements: Judgement[] = [];
  let next = 0;
  for (const each of spec.expect) {
    if (!asksApi(each)) {
      const judgement = judged[next];
      if (judgement !== undefined) judgements.push(judgement);
      next += 1;
      continue;
    }
    const answer = answers.get(each.api) ?? (await subject.ask(each.api));
    answers.set(each.api, answer);
    judgements.push(judgeApi(each, answer));
  }
  const api = Object.fromEntries(
    [...answers].map(([path, { status, text, data }]) => [path, status === 200 ? data : { erreur: text }] as const),
  );
  return { judgements, api };
}

/** The stores still hold what a masked row covers on the screen. */
function withoutMasked(reading: PageReading, spec: BrowserSpec): PageReading {
  const wheres = spec.mask.flatMap((spot) => ("row" in spot ? [spot.row] : []));
  if (wheres.length === 0) return reading;
  const masked = (row: Readonly<Record<string, unknown>>) =>
    wheres.some((where) => Object.entries(where).every(([key, value]) => String(row[key]) === String(value)));
  const hide = (row: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.keys(row).map((key) => [key, "•••"]));
  return {
    ...reading,
    grids: reading.grids.map((grid) => ({ ...grid, rows: grid.rows.map((row) => (masked(row) ? hide(row) : row)) })),
  };
}

function shotOf(
  subject: Subject,
  spec: BrowserSpec,
  { picture, reading }: Covered,
  judgements: readonly Judgement[],
  api: Readonly<Record<string, Json>>,
): Shot {
  const { text, ...seen } = reading;
  const url = evidenceUrl(subject.page.url());
  const rows = { ...subject.facts, url, viewport: spec.viewport ?? null, marks: picture.marks, ...seen };
  return {
    png: picture.png,
    width: picture.width,
    height: picture.height,
    scale: spec.scale,
    url,
    title: [subject.name, reading.tab, reading.window].filter((part) => part !== "").join(" · "),
    alternative: alternativeText({ page: subject.name, reading, labels: picture.marks.map((mark) => mark.text) }),
    // What came out of the page is JSON already; the round trip drops what TypeScript cannot know of.
    evidence: { rows: JSON.parse(JSON.stringify(rows)) as Json, text, api },
    judgements,
  };
}
