import { stripVTControlCharacters } from "node:util";

/** An output as a reader sees it: no terminal escapes, every line ended by a plain newline. */
export function plainOutput(output: string): string {
  // A lone carriage return overwrites the line on a terminal; as a line end, each state of it can be judged.
  return stripVTControlCharacters(output).replace(/\r*\n|\r+/g, "\n");
}

/** The lines of an output, without terminal escapes and without the spaces at their ends. No output, no line. */
export function outputLines(output: string): readonly string[] {
  const lines = plainOutput(output)
    .split("\n")
    .map((line) => line.trimEnd());
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
