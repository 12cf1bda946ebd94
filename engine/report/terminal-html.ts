import type { Markup } from "../model/report-body.ts";
import { escapeHtml } from "./escape-html.ts";
import type { ScreenLine, Span, SpanStyle } from "./screen.ts";

/** HTML of some lines, each with its number (from `first`) in an attribute that CSS prints and nobody copies. */
export function linesToHtml(lines: readonly ScreenLine[], first: number): Markup {
  return { html: lines.map((line, index) => lineToHtml(line, first + index)).join("") };
}

function lineToHtml(line: ScreenLine, number: number): string {
  const rows = line.map((row) => row.map(spanToHtml).join(""));
  // Only a line that was wider than the terminal has several rows; CSS marks where it was broken.
  const text = rows.length === 1 ? (rows[0] ?? "") : rows.map((row) => `<span class="r">${row}</span>`).join("");
  return `<span class="l" data-n="${number}">${text}\n</span>`;
}

function spanToHtml(span: Span): string {
  const classes = classesOf(span.style);
  const text = escapeHtml(span.text);
  return classes === "" ? text : `<span class="${classes}">${text}</span>`;
}

/** Semantic classes; the palette is the style sheet's. */
export function classesOf(style: SpanStyle): string {
  const classes: string[] = [];
  if (style.foreground !== null) classes.push(`f${style.foreground}`);
  if (style.background !== null) classes.push(`g${style.background}`);
  if (style.bold) classes.push("b");
  if (style.dim) classes.push("d");
  if (style.italic) classes.push("i");
  if (style.underline) classes.push("u");
  if (style.inverse) classes.push("v");
  if (style.strike) classes.push("s");
  return classes.join(" ");
}
