import { secretForms } from "../../base/secret-forms.ts";
import type { BrowserSpec, CoverSpot, VOLATILE } from "../../model/browser-spec.ts";
import { readPattern } from "./judge-page.ts";
import type { CoverRules, PagePattern, PageReading, PageSpot } from "./page/page-types.ts";

/** Stands where a value changes from one look to the next. */
export const FROZEN = "‹figé›";
/** Stands for what is covered, in all that is kept beside a picture. */
export const HIDDEN = "•••";

/** Shorter words that were covered in one place would cover half of everything else. */
const TELLING = 4;

type Freeze = BrowserSpec["freeze"][number];
type Places = readonly (PageSpot | PagePattern)[];

const anywhere = (text: string): PagePattern => ({ text, flags: "gu" });

/** What each word of `freeze` means: columns and components by the names that 7.4, 8.4 and 9.2 share, then how such values are written. */
const MEANING: Readonly<Record<(typeof VOLATILE)[number], Places>> = {
  uptimes: [
    { column: "uptime" },
    { component: "[itemId=uptime]" },
    anywhere(String.raw`\b\d+ (?:days?|jours?)(?: \d{2}:\d{2}:\d{2})?|\b\d{2}:\d{2}:\d{2}\b`),
  ],
  loads: [
    ...["cpu", "mem", "memuse", "memory", "memhost", "load"].map((column) => ({ column })),
    ...["cpu", "memory", "memory-host", "load", "wait", "swap"].map((id) => ({
      component: `pmxInfoWidget[itemId=${id}]`,
    })),
    anywhere(String.raw`\b\d+(?:[.,]\d+)?[ \u00a0\u202f]?%(?: [^\s\d]+ \d+ CPU\(?s?\)?| \(\d[^()]*\))?`),
    // Averages over one, five and fifteen minutes.
    anywhere(String.raw`\b\d+[.]\d+, ?\d+[.]\d+, ?\d+[.]\d+\b`),
  ],
  times: [
    ...["starttime", "endtime", "timestamp", "ctime"].map((column) => ({ column })),
    anywhere(String.raw`\b[A-Z][a-zû.é]{2,4} [A-Z][a-zû.é]{2,4} +\d{1,2} \d{2}:\d{2}:\d{2} \d{4}\b`),
    anywhere(String.raw`\b\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2})?|\b[A-Z][a-zûé.]{2,5} \d{2} \d{2}:\d{2}:\d{2}`),
  ],
  charts: [{ component: "proxmoxRRDChart" }, { component: "pveRunningChart" }],
};

/** What has to be covered on the page: the author's masks, those secrets that were seen on it, and what is to be held still. */
export function coverRules(spec: Pick<BrowserSpec, "mask" | "freeze">, secrets: readonly string[]): CoverRules {
  return {
    spots: spec.mask.flatMap((each) => ("text" in each ? [] : [each])),
    patterns: [...authored(spec.mask), ...secrets.map((secret) => ({ text: RegExp.escape(secret), flags: "gu" }))],
    freeze: spec.freeze.flatMap(freezeOf),
    mark: FROZEN,
  };
}

/** The rules of an author that met nothing on the page, in words. Words of `freeze` and patterns may well meet nothing. */
export function idleRules(
  spec: Pick<BrowserSpec, "mask" | "freeze">,
  found: { readonly spots: readonly number[]; readonly frozen: readonly number[] },
): readonly string[] {
  const spots = spec.mask.filter((each) => !("text" in each));
  const idle = spots.filter((_, index) => found.spots[index] === 0);
  let at = 0;
  const still = spec.freeze.filter((each) => {
    const index = at;
    at += freezeOf(each).length;
    return typeof each !== "string" && !("text" in each) && found.frozen[index] === 0;
  });
  return [
    ...idle.map((each) => `rien à masquer pour ${JSON.stringify(each)}`),
    ...still.map((each) => `rien à figer pour ${JSON.stringify(each)}`),
  ];
}

/** Those secrets of which one form or another is written in these texts, in the forms that were met. */
export function secretsIn(texts: readonly string[], secrets: readonly string[]): readonly string[] {
  const all = texts.join("\n");
  const forms = secrets
    .flatMap((secret) => secretForms(secret))
    .map((form) => Buffer.from(form, "latin1").toString("utf8"));
  return [...new Set(forms)].filter((form) => form.length > 3 && all.includes(form));
}

/** True when one of these texts still shows what has to be covered. */
export function shows(texts: readonly string[], { patterns }: CoverRules): boolean {
  const left = (text: string) => text.replace(/•+\u200a*/g, "\ufffc");
  return patterns.some(({ text, flags }) => texts.some((each) => matches(new RegExp(text, flags), left(each))));
}

/** Replaces in what was read from the page, and from the API beside it, all that is covered on the picture; `words` were covered by place. */
export function withoutCovered<T>(value: T, { patterns }: Pick<CoverRules, "patterns">, words: readonly string[]): T {
  const rules = [
    ...patterns.map(({ text, flags }) => new RegExp(text, flags)),
    ...words.filter((word) => word.length >= TELLING).map((word) => new RegExp(RegExp.escape(word), "g")),
  ];
  if (rules.length === 0) return value;
  const hide = (text: string) =>
    rules.reduce((left, rule) => left.replace(rule, (found) => (found === "" ? "" : HIDDEN)), text);
  return deeply(value, hide) as T;
}

/** The stores still hold what a masked row or column covers on the screen. */
export function withoutMasked(reading: PageReading, mask: readonly CoverSpot[]): PageReading {
  const wheres = mask.flatMap((spot) => ("row" in spot ? [spot.row] : []));
  const columns = new Set(mask.flatMap((spot) => ("column" in spot ? [spot.column] : [])));
  const masked = (row: Readonly<Record<string, unknown>>) =>
    wheres.some((where) => Object.entries(where).every(([key, value]) => String(row[key]) === String(value)));
  const hide = (row: Readonly<Record<string, unknown>>) => {
    const all = masked(row);
    return Object.fromEntries(
      Object.entries(row).map(([key, value]) => [key, all || columns.has(key) ? HIDDEN : value]),
    );
  };
  return { ...reading, grids: reading.grids.map((grid) => ({ ...grid, rows: grid.rows.map(hide) })) };
}

function freezeOf(each: Freeze): Places {
  if (typeof each === "string") return MEANING[each];
  return "text" in each ? authored([each]) : [each];
}

function authored(mask: readonly CoverSpot[]): readonly PagePattern[] {
  return mask.flatMap((each) => {
    if (!("text" in each)) return [];
    const { source, flags } = readPattern(each.text);
    return [{ text: source, flags: [...new Set([...flags, "g"])].join("") }];
  });
}

function matches(pattern: RegExp, text: string): boolean {
  for (const [found] of text.matchAll(pattern)) if (/[^\ufffc\s]/.test(found)) return true;
  return false;
}

function deeply(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (typeof value === "number") return change(String(value)) === String(value) ? value : HIDDEN;
  if (Array.isArray(value)) return value.map((each) => deeply(each, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, deeply(each, change)]));
}
