import { visit } from "unist-util-visit";
import { formatAttributes } from "./attributes.ts";
import { type Fence, readFence } from "./fence.ts";
import type { ForeignAnnotation } from "./foreign-annotation.ts";
import { parseMarkdown } from "./parse-markdown.ts";
import { linesOf } from "./region.ts";

/** A fence whose annotation was put into our form; lines count from 1. */
export interface FormattedFence {
  readonly line: number;
  readonly before: string;
  readonly after: string;
  readonly annotation: ForeignAnnotation;
}

/** A document with other tools' annotations in our form. Every other byte is as it was: endings of lines, spaces, marks. */
export function formatFences(text: string): { readonly text: string; readonly fences: readonly FormattedFence[] } {
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const source = text.slice(mark.length);
  const shown = linesOf(source);
  const written = source.match(/[^\r\n]*(?:\r\n|\r|\n|$)/g) ?? [];
  const fences: FormattedFence[] = [];
  visit(parseMarkdown(source), "code", (node) => {
    const fence = readFence(node, shown, "");
    if (fence?.foreign === undefined) return;
    const { foreign, place } = fence;
    const before = shown[place.line - 1] ?? "";
    const after = `${before.slice(0, place.column - 1)}${openingOf(fence, foreign)}`;
    fences.push({ line: place.line, before, after, annotation: foreign });
    written[place.line - 1] = after + (/[\r\n]*$/.exec(written[place.line - 1] ?? "")?.[0] ?? "");
    // Without an id it is prose, whose comments nobody reads as settings.
    if (foreign.attributes.length > 0) for (const line of optionLines(fence, foreign)) written[line - 1] = "";
  });
  return { text: mark + written.join(""), fences };
}

function openingOf({ marks }: Fence, { language, attributes }: ForeignAnnotation): string {
  return `${marks}${language}${attributes.length === 0 ? "" : ` ${formatAttributes(attributes)}`}`;
}

/** The lines of the file with `#|` keys that now stand in the braces. */
function optionLines({ content }: Fence, { lines }: ForeignAnnotation): readonly number[] {
  const end = content.lines.findIndex(({ text }) => !/^\s*#\|/.test(text));
  const options = end < 0 ? content.lines : content.lines.slice(0, end);
  return options.flatMap(({ text, line }) => {
    const key = /^\s*#\|\s*([A-Za-z][\w-]*)\s*:/.exec(text)?.[1] ?? "";
    return lines.includes(key) ? [line] : [];
  });
}
