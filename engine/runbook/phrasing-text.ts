import type { Nodes } from "mdast";
import { linesOf } from "./region.ts";

/** A character of a text with the node it comes from. `code` characters belong to inline code: they never open a placeholder. */
interface Piece {
  readonly text: string;
  readonly node: Nodes;
  readonly code: boolean;
}

/** What a reader sees of a paragraph, a heading or a cell, and how to get from a character back to the file. */
export interface PhrasingText {
  readonly text: string;
  /** True for characters of inline code. */
  isCode(offset: number): boolean;
  /** Line and column of a bracket that stands in this text at this offset. */
  bracketAt(offset: number): { readonly line: number; readonly column: number };
}

/** Flattens a node's text: emphasis and links give their words, a hard break is a space, HTML tags and images give nothing. */
export function phrasingText(parent: Nodes, whole: string): PhrasingText {
  const pieces: Piece[] = [];
  collect(parent, pieces);
  const starts: number[] = [];
  let length = 0;
  for (const piece of pieces) {
    starts.push(length);
    length += piece.text.length;
  }
  const pieceAt = (offset: number) => {
    const after = starts.findIndex((start) => start > offset);
    return (after < 0 ? pieces.length : after) - 1;
  };
  return {
    text: pieces.map((piece) => piece.text).join(""),
    isCode: (offset) => pieces[pieceAt(offset)]?.code ?? false,
    bracketAt: (offset) => {
      const index = pieceAt(offset);
      const piece = pieces[index];
      const inside = offset - (starts[index] ?? 0);
      const found = piece && bracketOffset(piece, inside, whole);
      if (piece !== undefined && found !== undefined) return pointAt(piece.node, found, whole);
      const { line = 1, column = 1 } = piece?.node.position?.start ?? parent.position?.start ?? {};
      return { line, column };
    },
  };
}

function collect(node: Nodes, pieces: Piece[]): void {
  switch (node.type) {
    case "text":
      pieces.push({ text: node.value, node, code: false });
      return;
    case "inlineCode":
      pieces.push({ text: node.value, node, code: true });
      return;
    case "break":
      pieces.push({ text: " ", node, code: false });
      return;
    default:
      if ("children" in node) for (const child of node.children) collect(child, pieces);
  }
}

/**
 * A text node's value has lost escapes, entities and the marks of quotes and lists, so offsets drift; but its brackets keep their
 * order, so the n-th bracket of the value is the n-th of what is written.
 */
function bracketOffset(piece: Piece, inside: number, whole: string): number | undefined {
  const start = piece.node.position?.start.offset;
  const end = piece.node.position?.end.offset;
  if (start === undefined || end === undefined) return undefined;
  const ordinal = piece.text.slice(0, inside).split("[").length;
  const written = [...whole.slice(start, end).matchAll(/\[|&(?:lbrack|lsqb|#91|#x5b);/gi)];
  const bracket = written[ordinal - 1];
  return bracket === undefined ? undefined : start + bracket.index;
}

/** The line and column of an offset inside a node, counted from where the node starts. */
function pointAt(node: Nodes, offset: number, whole: string): { readonly line: number; readonly column: number } {
  const start = node.position?.start;
  if (start?.offset === undefined) return { line: 1, column: 1 };
  const lines = linesOf(whole.slice(start.offset, offset));
  const last = lines.at(-1)?.length ?? 0;
  return { line: start.line + lines.length - 1, column: lines.length === 1 ? start.column + last : last + 1 };
}
