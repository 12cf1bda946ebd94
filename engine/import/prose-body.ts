import { type CommandLine, commandLine, typed } from "./command-lines.ts";
import { escapeProse } from "./escape-prose.ts";
import { isBlank, type LeftLine, type SourceLine } from "./source-line.ts";
import { splitPlaceholders } from "./split-placeholders.ts";
import { asTable, isLaidOut } from "./table.ts";

/** A command that stood in the prose. */
export interface FoundCommand extends CommandLine {
  readonly line: number;
}

/** Plain text as Markdown, with what was met in it. */
export interface Body {
  readonly text: string;
  readonly commands: readonly FoundCommand[];
  readonly left: readonly LeftLine[];
}

interface Piece {
  readonly type: "item" | "block";
  readonly text: string;
}

const BULLET = /^(\s*)([-–—•·▪●◦‣⁃*\uf0b7\uf0a7]|o(?=\s{2,}))\s+(?=\S)/u;
const ORDERED = /^(\s*)(\d{1,3}|[a-z])[.)]\s+(?=\S)/;
const RULE = /^\s*(?:[-=_*~]\s?){3,}\s*$/;
const INDENT = 4;

/** The text between two titles of a report without Markdown: indented paragraphs and bullets become a list, commands and tables their fences. */
export function proseBody(lines: readonly SourceLine[]): Body {
  const pieces: Piece[] = [];
  const commands: FoundCommand[] = [];
  const left: LeftLine[] = [];
  for (const group of groupsOf(lines)) {
    const texts = group.map(({ text }) => text);
    const first = commandLine(texts[0] ?? "");
    if (first !== undefined) {
      for (const { text, number } of group) {
        const found = commandLine(text);
        if (found !== undefined) commands.push({ ...found, line: number });
      }
      const said = texts.map((text) => (commandLine(text) === undefined ? text : typed(text)));
      pieces.push({ type: "block", text: fenced(first.prompted ? "console" : "sh", dedented(said)) });
      continue;
    }
    const rows = asTable(texts);
    if (rows !== undefined) pieces.push({ type: "block", text: rows });
    else if (isLaidOut(texts)) pieces.push({ type: "block", text: fenced("text", dedented(texts)) });
    else {
      left.push(...group.filter(({ text }) => RULE.test(text)).map((line): LeftLine => ({ ...line, why: "filet" })));
      pieces.push(...paragraphs(texts.filter((text) => !RULE.test(text))));
    }
  }
  return { text: joined(pieces), commands, left };
}

/** Lines between blank ones; a command begins a group of its own, and ends with the prose that follows it. */
function groupsOf(lines: readonly SourceLine[]): readonly (readonly SourceLine[])[] {
  const groups: SourceLine[][] = [];
  let open: SourceLine[] | undefined;
  let kind: "prose" | "bare" | "console" = "prose";
  for (const line of lines) {
    if (isBlank(line.text)) {
      open = undefined;
      continue;
    }
    const command = commandLine(line.text);
    const next = command === undefined ? "prose" : command.prompted ? "console" : "bare";
    // What a console prints stands under its command, up to the next blank line.
    const goesOn = open !== undefined && (kind === "console" ? true : next === kind);
    if (goesOn) open?.push(line);
    else {
      open = [line];
      groups.push(open);
      kind = next;
    }
  }
  return groups;
}

/** A group's lines as paragraphs and list items: a bullet or another indentation begins a new one. */
function paragraphs(lines: readonly string[]): readonly Piece[] {
  const chunks: { readonly indent: number; readonly mark: string; readonly lines: string[] }[] = [];
  for (const line of lines) {
    const indent = indentOf(line);
    const bullet = BULLET.exec(line) ?? undefined;
    const ordered = bullet === undefined ? (ORDERED.exec(line) ?? undefined) : undefined;
    const last = chunks.at(-1);
    const mark = ordered !== undefined && /\d/.test(ordered[2] ?? "") ? `${ordered[2]}.` : "-";
    if (bullet !== undefined) chunks.push({ indent, mark: "-", lines: [line.slice(bullet[0].length)] });
    else if (ordered !== undefined && mark !== "-" && goesOn(last?.mark, ordered[2] ?? ""))
      chunks.push({ indent, mark, lines: [line.slice(ordered[0].length)] });
    else if (last === undefined || indent > 0 !== (last.indent > 0 || last.mark !== "")) {
      chunks.push({ indent, mark: indent > 0 ? "-" : "", lines: [line.trim()] });
    } else last.lines.push(line.trim());
  }
  return chunks.flatMap(({ indent, mark, lines: written }) =>
    splitPlaceholders(written.map((line) => line.trimEnd()).join("\n")).map((part): Piece => {
      const text = part.text.split("\n").map((line) => escapeProse(line.trim()));
      if (part.type === "placeholder" || mark === "") return { type: "block", text: text.join("\n") };
      const pad = "  ".repeat(Math.max(0, Math.ceil(indent / INDENT) - 1));
      return { type: "item", text: `${pad}${mark} ${text.join(`\n${pad}${" ".repeat(mark.length + 1)}`)}` };
    }),
  );
}

/** A list's numbers begin with 1 and follow each other; any other number is part of the sentence. */
function goesOn(before: string | undefined, number: string): boolean {
  return number === "1" || (before !== undefined && Number.parseInt(before, 10) + 1 === Number(number));
}

function joined(pieces: readonly Piece[]): string {
  let text = "";
  let depth = 0;
  pieces.forEach((piece, index) => {
    const before = pieces[index - 1];
    const follows = piece.type === "item" && before?.type === "item";
    // A list goes down one level at a time; deeper would be code.
    const written = piece.type === "item" ? piece.text.trimStart() : piece.text;
    const wanted = piece.type === "item" ? (piece.text.length - written.length) / 2 : 0;
    depth = follows ? Math.min(wanted, depth + 1) : 0;
    const shift = wanted - depth;
    const own =
      shift === 0
        ? piece.text
        : piece.text
            .split("\n")
            .map((line) => line.slice(shift * 2))
            .join("\n");
    text += `${index === 0 ? "" : follows ? "\n" : "\n\n"}${own}`;
  });
  return text;
}

function indentOf(line: string): number {
  return (/^[\s\u00a0]*/.exec(line.replaceAll("\t", " ".repeat(INDENT)))?.[0].length ?? 0) > 1
    ? (/^[\s\u00a0]*/.exec(line.replaceAll("\t", " ".repeat(INDENT)))?.[0].length ?? 0)
    : 0;
}

function dedented(lines: readonly string[]): readonly string[] {
  const indent = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(indent).trimEnd());
}

/** A fence longer than any in what it holds. */
function fenced(language: string, lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.map((line) => /^\s*(`+)/.exec(line)?.[1]?.length ?? 0));
  const marks = "`".repeat(longest + 1);
  return [`${marks}${language}`, ...lines, marks].join("\n");
}
