import type { Report } from "./author-message.ts";
import { type Region, type RegionLine, region } from "./region.ts";

const OPTION = /^\s*#\|/;
const LATE = /^\s*#\|\s*[A-Za-z_]+\s*:/;

/** A fence's content cut in two: the YAML of its leading `#|` lines, and what runs. */
export interface SplitContent {
  readonly options: Region;
  readonly body: Region;
}

/** Takes the `#|` lines off the top of a fence's content; one further down would be a comment, so it is reported. */
export function splitOptions(content: Region, report: Report): SplitContent {
  const first = content.lines.findIndex((line) => !OPTION.test(line.text));
  const count = first < 0 ? content.lines.length : first;
  const body = content.lines.slice(count);
  for (const line of body) {
    if (!LATE.test(line.text)) continue;
    report({
      rule: "late-option-line",
      place: { line: line.line, column: line.column + line.text.indexOf("#|") },
      reason: "Cette ligne « #| » suit une commande : elle ne règle rien.",
      remedy: "Placez les lignes « #| » tout en haut du bloc, sans ligne vide entre elles.",
    });
  }
  return {
    options: region(content.file, content.lines.slice(0, count).map(withoutMark)),
    body: region(content.file, body),
  };
}

/** One space after the mark belongs to it; more is indentation. */
function withoutMark(line: RegionLine): RegionLine {
  const mark = /^\s*#\| ?/.exec(line.text)?.[0].length ?? 0;
  return { text: line.text.slice(mark), line: line.line, column: line.column + mark };
}
