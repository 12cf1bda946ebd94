import { visit } from "unist-util-visit";
import { parseMarkdown } from "../runbook/index.ts";
import type { Body } from "./prose-body.ts";
import { isBlank, type SourceLine } from "./source-line.ts";
import { PLACEHOLDER, splitPlaceholders } from "./split-placeholders.ts";

/** The text between two titles of a report that is Markdown: as it is, but for placeholders that indentation turned into code. */
export function markdownBody(lines: readonly SourceLine[]): Body {
  const texts = lines.map(({ text }) => text);
  const tree = parseMarkdown(texts.join("\n"));
  const indented = new Set<number>();
  visit(tree, "code", ({ position }) => {
    if (position === undefined) return;
    const { start, end } = position;
    const opening = texts[start.line - 1]?.slice(start.column - 1) ?? "";
    if (/^(?:```|~~~)/.test(opening)) return;
    for (let line = start.line; line <= end.line; line += 1) indented.add(line - 1);
  });
  const written = texts.flatMap((text, index) => {
    if (!indented.has(index) || text.search(PLACEHOLDER) < 0) return [text];
    return ["", ...splitPlaceholders(text.trim()).flatMap((part) => [part.text, ""])];
  });
  while (isBlank(written[0] ?? "x")) written.shift();
  while (isBlank(written.at(-1) ?? "x")) written.pop();
  return { text: written.join("\n"), commands: [], left: [] };
}

/** Which lines stand inside a fence, where nothing is a title. */
export function fencedLines(lines: readonly SourceLine[]): ReadonlySet<SourceLine> {
  const inside = new Set<SourceLine>();
  let marks: string | undefined;
  for (const line of lines) {
    const found = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line.text);
    const [, run = "", rest = ""] = found ?? [];
    if (marks === undefined && run !== "") {
      marks = run;
      inside.add(line);
    } else if (marks !== undefined) {
      inside.add(line);
      if (run.startsWith(marks) && rest.trim() === "") marks = undefined;
    }
  }
  return inside;
}
