import type { Place } from "../../model/place.ts";
import type { Block, Runbook } from "../../model/runbook.ts";
import { linesOf } from "../region.ts";

/** The first place, from another one on and before the block's end, where a text is written; that other one when it is not found. */
export function placeOfText(runbook: Runbook, from: Place, text: string): Place {
  const lines = linesOf(runbook.source.replace(/^\uFEFF/, ""));
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
  const written = linesOf(runbook.source.replace(/^\uFEFF/, ""))[line - 1] ?? "";
  const indentation = written.endsWith(text) ? written.length - text.length : block.bodyColumn - 1;
  return { file: block.place.file, line, column: column + indentation };
}

/** The place of a block's `#id`; its fence when the id was derived. */
export function placeOfId(runbook: Runbook, block: Block): Place {
  return block.derivedId ? block.place : placeOfText(runbook, block.place, `#${block.id}`);
}

/** Finds a text that is not the beginning of a longer name. */
function indexOfWhole(line: string, text: string, from: number): number {
  let found = line.indexOf(text, from);
  while (found >= 0 && /[\p{L}\p{N}_-]/u.test(line[found + text.length] ?? "") && /[\p{L}\p{N}_-]$/u.test(text)) {
    found = line.indexOf(text, found + 1);
  }
  return found;
}
