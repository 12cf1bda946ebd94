import { escapeProse } from "./escape-prose.ts";

/** Lines as a Markdown table when they all are rows of one, by bars or by tabs; undefined otherwise. */
export function asTable(lines: readonly string[]): string | undefined {
  const drawn = lines.filter((line) => !/^\s*[+|][-=+|:\s]*[-=][-=+|:\s]*$/.test(line));
  if (drawn.length < 2) return undefined;
  if (drawn.every((line) => /^\s*\|.*\|\s*$/.test(line)))
    return table(drawn.map((line) => line.trim().slice(1, -1).split("|")));
  const tabs = drawn.map((line) => line.trim().split(/\t+/));
  const width = tabs[0]?.length ?? 0;
  return width > 1 && tabs.every((cells) => cells.length === width) ? table(tabs) : undefined;
}

/** Columns that only spaces hold apart: nothing keeps them but a block of text. */
export function isLaidOut(lines: readonly string[]): boolean {
  return (
    lines.length > 1 &&
    lines.every((line) => /\S\s{3,}\S/.test(line)) &&
    !lines.some((line) => /\[\s*capture/i.test(line))
  );
}

function table(rows: readonly (readonly string[])[]): string {
  const width = Math.max(...rows.map((row) => row.length));
  const [head = [], ...body] = rows.map((row) => Array.from({ length: width }, (_, at) => cell(row[at] ?? "")));
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...body.map(line)].join("\n");
}

function cell(text: string): string {
  return escapeProse(text.trim()).replaceAll("|", "\\|");
}
