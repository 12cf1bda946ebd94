import type { Language } from "../model/report.ts";
import type { Markup } from "../model/report-body.ts";
import type { Timeline, TimelinePoint } from "../model/timeline.ts";
import { timeAxis } from "./chart-axis.ts";
import { escapeHtml } from "./escape-html.ts";
import { formatterOf } from "./format.ts";
import { wordsOf } from "./words.ts";

const WIDTH = 586;
const NAMES = 112;
const LANE = 24;
const BAR = 14;
const TOP = 16;
const AXIS = 26;
/** A letter of the chart is about so wide, in its units. */
const LETTER = 4.2;

interface Segment {
  readonly state: TimelinePoint["state"];
  readonly from: number;
  readonly to: number;
  readonly value: string;
}

/** A time line as a vector picture: one lane a source, what did not answer cut out in red with its length, numbered marks above. */
export function timelineChart(timeline: Timeline, language: Language): Markup {
  const { durationMs, sources, marks } = timeline;
  const height = TOP + sources.length * LANE + AXIS;
  const at = (ms: number): number => NAMES + (Math.min(ms, durationMs) / Math.max(1, durationMs)) * (WIDTH - NAMES - 8);
  const lanes = sources.map((source, index) => {
    const top = TOP + index * LANE;
    const name = `<text class="chart-name" x="0" y="${top + BAR}">${escapeHtml(cut(source.name, NAMES))}</text>`;
    return (
      name +
      segmentsOf(source.points, durationMs)
        .map((each) => bar(each, top, at, language))
        .join("")
    );
  });
  const flags = marks.map(({ at: ms }, index) => {
    const x = round(at(ms));
    return `<line class="chart-mark" x1="${x}" x2="${x}" y1="${TOP - 3}" y2="${height - AXIS + 2}"/><text class="chart-flag" x="${x}" y="${TOP - 6}">${index + 1}</text>`;
  });
  const label = escapeHtml(alternativeOf(timeline, language));
  return {
    html: `<svg class="chart" role="img" aria-label="${label}" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">${lanes.join("")}${flags.join("")}${timeAxis({ durationMs, from: NAMES, to: WIDTH - 8, y: height - AXIS + 4, language })}</svg>`,
  };
}

/** The chart for those who cannot see it: each source, and when it did not answer. */
export function alternativeOf({ sources, interruptions, durationMs }: Timeline, language: Language): string {
  const words = wordsOf(language);
  const { duration } = formatterOf(language);
  const each = sources.map(({ name }) => {
    const own = interruptions.filter(({ source }) => source === name);
    if (own.length === 0) return `${name}${words.colon}${words.noInterruption}`;
    return `${name}${words.colon}${own.map(({ firstMissed, firstAnswer }) => `${words.silentFrom} ${duration(firstMissed)} ${words.toWord} ${duration(firstAnswer ?? durationMs)}`).join(", ")}`;
  });
  return `${words.timelineOf} ${duration(durationMs)}. ${each.join(". ")}.`;
}

function segmentsOf(points: readonly TimelinePoint[], durationMs: number): readonly Segment[] {
  const segments: Segment[] = [];
  let value = "";
  for (const [index, point] of points.entries()) {
    const to = points[index + 1]?.at ?? durationMs;
    // A ping's round trip is new each time; only words are worth a place on the bar.
    if (point.value !== undefined && typeof point.value !== "number") value = valueText(point.value);
    const shown = point.state === "ok" ? value : "";
    const last = segments.at(-1);
    if (last?.state === point.state && last.value === shown) segments[segments.length - 1] = { ...last, to };
    else segments.push({ state: point.state, from: point.at, to, value: shown });
  }
  return segments;
}

function valueText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function bar({ state, from, to, value }: Segment, top: number, at: (ms: number) => number, language: Language): string {
  const x = at(from);
  const width = Math.max(1, at(to) - x);
  const text = state === "failed" ? formatterOf(language).duration(to - from) : value;
  const fits = text !== "" && text.length * LETTER + 4 < width;
  const label = fits
    ? `<text class="chart-text chart-text-${state}" x="${round(x + width / 2)}" y="${top + BAR - 3}">${escapeHtml(text)}</text>`
    : "";
  return `<rect class="chart-${state}" x="${round(x)}" y="${top + 2}" width="${round(width)}" height="${BAR}"/>${label}`;
}

function cut(text: string, width: number): string {
  const room = Math.floor(width / LETTER / 1.2);
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
