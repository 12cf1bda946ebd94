import type { Language } from "../model/report.ts";
import type { Markup } from "../model/report-body.ts";
import { timeAxis } from "./chart-axis.ts";
import { escapeHtml } from "./escape-html.ts";
import { formatterOf } from "./format.ts";
import { wordsOf } from "./words.ts";

const WIDTH = 640;
const NAMES = 70;
const STEP_NAMES = 170;
const LANE = 20;
const BAR = 12;
const AXIS = 26;
/** Room at the right end for a value, in the chart's units. */
const VALUES = 60;

/** When the blocks of a chapter ran, in milliseconds from the start of the run. */
export interface Lane {
  readonly chapter: number;
  readonly spans: readonly { readonly from: number; readonly to: number; readonly broken: boolean }[];
}

/** The whole run as a vector picture: a lane a chapter, each execution of a block where and as long as it was; a failure is red with a cross above. */
export function courseChart(lanes: readonly Lane[], durationMs: number, language: Language): Markup {
  const words = wordsOf(language);
  const { duration, count } = formatterOf(language);
  const height = lanes.length * LANE + AXIS;
  const at = (ms: number): number => NAMES + (Math.min(ms, durationMs) / durationMs) * (WIDTH - NAMES - 8);
  const drawn = lanes.map(({ chapter, spans }, index) => {
    const top = index * LANE + 4;
    const bars = spans.map(({ from, to, broken }) => {
      const x = at(from);
      const bar = `<rect class="chart-${broken ? "failed" : "done"}" x="${round(x)}" y="${top}" width="${round(Math.max(0.8, at(to) - x))}" height="${BAR}"/>`;
      return broken ? `${bar}<text class="chart-flag" x="${round(x)}" y="${top}">×</text>` : bar;
    });
    return `<text class="chart-name" x="0" y="${top + BAR - 3}">${words.chapterWord} ${chapter}</text>${bars.join("")}`;
  });
  const told = lanes.map(({ chapter, spans }) => {
    const broken = spans.filter((span) => span.broken).length;
    const [from, to] = [Math.min(...spans.map((span) => span.from)), Math.max(...spans.map((span) => span.to))];
    return `${words.chapterWord} ${chapter}${words.colon}${count(spans.length)} ${words.executions}, + ${duration(from)} ${words.toWord} + ${duration(to)}, ${count(broken)} ${words.brokenOnes}`;
  });
  const axis = timeAxis({ durationMs, from: NAMES, to: WIDTH - 8, y: height - AXIS + 4, language });
  return svg(`${words.courseChart}. ${told.join(". ")}.`, height, drawn.join("") + axis);
}

/** The steps that took longest, longest first, with their durations. */
export function longestChart(
  steps: readonly { readonly step: string; readonly ms: number }[],
  language: Language,
): Markup {
  const words = wordsOf(language);
  const { duration } = formatterOf(language);
  const most = Math.max(1, ...steps.map(({ ms }) => ms));
  const drawn = steps.map(({ step, ms }, index) => {
    const top = index * 16 + 2;
    const width = (ms / most) * (WIDTH - STEP_NAMES - VALUES);
    return `<text class="chart-name" x="0" y="${top + 9}">${escapeHtml(cut(step))}</text><rect class="chart-done" x="${STEP_NAMES}" y="${top}" width="${round(Math.max(0.8, width))}" height="11"/><text class="chart-value" x="${round(STEP_NAMES + width + 4)}" y="${top + 9}">${duration(ms)}</text>`;
  });
  const told = steps.map(({ step, ms }) => `${step}${words.colon}${duration(ms)}`);
  return svg(`${words.courseLongest}. ${told.join(", ")}.`, steps.length * 16 + 4, drawn.join(""));
}

function svg(alternative: string, height: number, content: string): Markup {
  return {
    html: `<svg class="chart" role="img" aria-label="${escapeHtml(alternative)}" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">${content}</svg>`,
  };
}

function cut(text: string): string {
  return text.length <= 36 ? text : `${text.slice(0, 35)}…`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
