import { checkOutputLine } from "../../expect/index.ts";
import type { Block } from "../../model/runbook.ts";
import type { BodyMessage } from "../kind.ts";

/** Mistakes in the expected output below a block, each on its line. */
export function inspectExpectedOutput({ expectedOutput }: Block): readonly BodyMessage[] {
  if (expectedOutput === undefined) return [];
  const { lines, place } = expectedOutput;
  return lines.flatMap((line, index) => {
    const reason = checkOutputLine(line);
    if (reason === undefined) return [];
    const remedy = "Corrigez le motif, ou ajoutez (equal) à la fin si cette ligne est à prendre telle quelle.";
    return [{ rule: "expected-line", place: { ...place, line: place.line + index }, reason: `${reason}.`, remedy }];
  });
}
