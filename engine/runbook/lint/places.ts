import type { Place } from "../../model/place.ts";
import type { Block, Runbook } from "../../model/runbook.ts";
import { linesOf } from "../region.ts";

const NAME = /^[\p{L}\p{N}_-]$/u;
const cache = new WeakMap<Runbook, readonly string[]>();

/** The lines of a document as its places count them; cut once for all rules. */
export function sourceLines(runbook: Runbook): readonly string[] {
  const known = cache.get(runbook);
  if (known !== undefined) return known;
  const lines = linesOf(runbook.source.replace(/^\uFEFF/, ""));
  cache.set(runbook, lines);
  return lines;
}

/** The first place, from another one on and before the block's end, where a text is written; that other one when it is not found. */
export function placeOfText(runbook: Runbook, from: Place, text: string): Place {
  const lines = sourceLines(runbook);
  for (let line = from.line; line <= Math.min(lines.length, from.line + 60); line += 1) {
    const written = lines[line - 1] ?? "";
    const start = line === from.line ? from.column - 1 : 0;
    const found = indexOfWhole(written, text, start);
    if (found >= 0) return { ...from, line, column: found + 1 };
  }
  return from;
}

/** The place of a character of a block's body. */
export function placeInBody(runbook: Runbook, block: Block, offset: number): Place {
  const before = block.body.slice(0, offset).split("\n");
  const line = block.bodyLine + before.length - 1;
  const column = (before.at(-1)?.length ?? 0) + 1;
  const text = block.body.split("\n")[before.length - 1] ?? "";
  const written = sourceLines(runbook)[line - 1] ?? "";
  const indentation = written.endsWith(text) ? written.length - text.length : block.bodyColumn - 1;
  return { file: block.place.file, line, column: column + indentation };
}

/** The place of a block's `#id`; its fence when the id was derived. */
export function placeOfId(runbook: Runbook, block: Block): Place {
  return block.derivedId ? block.place : placeOfText(runbook, block.place, `#${block.id}`);
}

/** Finds a text that is not a piece of a longer name. */
function indexOfWhole(line: string, text: string, from: number): number {
  const joined = (one: string, other: string) => NAME.test(one) && NAME.test(other);
  let found = line.indexOf(text, from);
  while (found >= 0) {
    const before = line.charAt(found - 1);
    const after = line.charAt(found + text.length);
    if (!joined(before, text.charAt(0)) && !joined(text.slice(-1), after)) return found;
    found = line.indexOf(text, found + 1);
  }
  return -1;
}
