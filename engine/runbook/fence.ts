import type { Code } from "mdast";
import type { Place } from "../model/place.ts";
import { type Attribute, formatAttributes, parseAttributes } from "./attributes.ts";
import type { Report } from "./author-message.ts";
import { type ForeignAnnotation, foreignAnnotation } from "./foreign-annotation.ts";
import { linesOf, locate, type Region, region } from "./region.ts";

/** A fenced code of the document, as its opening line is written. */
export interface Fence {
  readonly node: Code;
  /** Where the fence's first mark stands. */
  readonly place: Place;
  /** The marks that opened it. */
  readonly marks: string;
  readonly closed: boolean;
  /** First word of the info string, lower case; empty when there is none. */
  readonly language: string;
  readonly languagePlace: Place;
  /** Text from the opening brace to the end of the line; undefined when there are no attributes. */
  readonly attributeText: string | undefined;
  readonly attributePlace: Place;
  /** Set when another tool's annotation was read; language and attributes are then what it says in our terms. */
  readonly foreign?: ForeignAnnotation | undefined;
  /** What stands between the fences, containers' marks stripped. */
  readonly content: Region;
}

/** Columns, lines and words that some tools put in braces for display only. */
const DISPLAY_ONLY = /^\{[\d\s,-]*\}/;
const OPENING = /^(`{3,}|~{3,})([ \t]*)([^\s{]*)(\s*)(.*)$/;

/** Reads the opening and closing lines of a code node; undefined for indented code. */
export function readFence(node: Code, source: readonly string[], file: string): Fence | undefined {
  const start = node.position?.start;
  const end = node.position?.end;
  if (start === undefined || end === undefined) return undefined;
  const written = source[start.line - 1] ?? "";
  const opening = OPENING.exec(written.slice(start.column - 1));
  if (opening === null) return undefined;
  const [, marks = "", gap = "", language = "", space = "", rest = ""] = opening;
  const at = (column: number): Place => ({ file, line: start.line, column });
  const languageColumn = start.column + marks.length + gap.length;
  const attributeColumn = languageColumn + language.length + space.length;
  const hasAttributes = rest.startsWith("{") && !DISPLAY_ONLY.test(rest);
  const foreign = hasAttributes ? foreignAnnotation(language.toLowerCase(), rest.trimEnd(), node.value) : undefined;
  const own = hasAttributes ? rest.trimEnd() : undefined;
  return {
    node,
    place: at(start.column),
    marks,
    closed: closes(source[end.line - 1] ?? "", end.column, marks) && leavesRoom(node.value, end.line - start.line),
    language: foreign?.language ?? language.toLowerCase(),
    languagePlace: at(languageColumn),
    attributeText: foreign === undefined ? own : inOurForm(foreign),
    attributePlace: at(attributeColumn),
    ...(foreign !== undefined && { foreign }),
    content: end.line > start.line ? locate(file, source, node.value, start.line + 1) : region(file, []),
  };
}

function inOurForm({ attributes }: ForeignAnnotation): string | undefined {
  return attributes.length === 0 ? undefined : formatAttributes(attributes);
}

/** The attributes of a fence, each with its place; what cannot be read is reported. */
export function fenceAttributes(fence: Fence, report: Report): readonly (Attribute & { readonly place: Place })[] {
  if (fence.attributeText === undefined) return [];
  const placed = (offset: number): Place => ({
    ...fence.attributePlace,
    // Another tool's words stand elsewhere than ours would.
    column: fence.attributePlace.column + (fence.foreign === undefined ? offset : 0),
  });
  const { attributes, problems } = parseAttributes(fence.attributeText);
  for (const { offset, reason, remedy } of problems)
    report({ rule: "bad-attribute", place: placed(offset), reason, remedy });
  return attributes.map((attribute) => ({ ...attribute, place: placed(attribute.offset) }));
}

/** Whether one of the node's lines is left for a closing fence: a mark that is indented too far is content. */
function leavesRoom(value: string, linesAfterOpening: number): boolean {
  return linesAfterOpening > 0 && (value === "" || linesOf(value).length < linesAfterOpening);
}

/** Whether the node's last line is a closing fence: the same mark, at least as many, and nothing else. */
function closes(line: string, endColumn: number, marks: string): boolean {
  const last = line.slice(0, endColumn - 1).trimEnd();
  const mark = marks.charAt(0);
  let count = 0;
  while (count < last.length && last.at(-1 - count) === mark) count += 1;
  const before = last.slice(0, last.length - count);
  return count >= marks.length && /^[\s>]*$/.test(before.replace(/^\s*(?:[-*+]|\d+[.)])\s/, ""));
}
