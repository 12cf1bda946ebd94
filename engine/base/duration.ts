const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000 };
const WHOLE = /^(?:\d+(?:\.\d+)?(?:ms|min|s|m|h))+$/;
const PART = /(\d+(?:\.\d+)?)(ms|min|s|m|h)/g;

/** Milliseconds of a duration such as `500ms`, `5s`, `2m`, `1h30m`; undefined when the text is none. */
export function parseDuration(text: string): number | undefined {
  if (!WHOLE.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(PART)) total += Number(amount) * (UNIT_MS[unit ?? ""] ?? Number.NaN);
  return Number.isFinite(total) ? Math.round(total) : undefined;
}
