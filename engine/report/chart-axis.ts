import type { Language } from "../model/report.ts";
import { escapeHtml } from "./escape-html.ts";
import { formatterOf } from "./format.ts";

const TICKS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 86_400];
/** A written duration takes about so much of the axis. */
const LABEL = 44;

export interface AxisOptions {
  readonly durationMs: number;
  /** Ends of the axis, in units of the chart. */
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly language: Language;
}

/** A scale of time in round steps, as many as have room for their words. */
export function timeAxis({ durationMs, from, to, y, language }: AxisOptions): string {
  const longest = TICKS.at(-1) ?? 1;
  const fits = TICKS.find((tick) => (durationMs / 1_000 / tick) * LABEL <= to - from);
  const step = 1_000 * (fits ?? Math.ceil(((durationMs / 1_000) * LABEL) / (to - from) / longest) * longest);
  const ticks: string[] = [];
  for (let ms = 0; ms <= durationMs; ms += step) {
    const x = Math.round((from + (ms / Math.max(1, durationMs)) * (to - from)) * 10) / 10;
    const text = escapeHtml(formatterOf(language).duration(ms));
    ticks.push(
      `<line class="chart-tick" x1="${x}" x2="${x}" y1="${y}" y2="${y + 4}"/><text class="chart-time" x="${x}" y="${y + 14}">${text}</text>`,
    );
  }
  return `<line class="chart-tick" x1="${from}" x2="${to}" y1="${y}" y2="${y}"/>${ticks.join("")}`;
}
