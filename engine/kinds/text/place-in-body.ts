import type { Place } from "../../model/place.ts";
import type { Block } from "../../model/runbook.ts";

/** Where an offset of a block's body stands in its file. */
export function placeInBody(offset: number, { place, body, bodyLine, bodyColumn }: Block): Place {
  const before = body.slice(0, offset).split("\n");
  const column = bodyColumn + (before.at(-1)?.length ?? 0);
  return { file: place.file, line: bodyLine + before.length - 1, column };
}
