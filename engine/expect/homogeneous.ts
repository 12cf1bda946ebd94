import { outputLines } from "./output-lines.ts";

/** Whether a block that ran on several nodes was answered alike everywhere, terminal escapes and spaces at line ends aside. */
export function homogeneous(outputs: readonly string[]): boolean {
  return new Set(outputs.map((output) => outputLines(output).join("\n"))).size <= 1;
}
