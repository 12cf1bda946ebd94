import { expect } from "vitest";
import type { ScriptEnd } from "./script-on-node.ts";

/** More than this of a line is cut in the outcome's reason, and only the last two lines are in it. */
const SHOWN = 150;

/** The two lines that name what a guard found and its remedy, both short enough to be shown whole. */
export function expectNamed({ code, stderr }: ScriptEnd, what: RegExp, remedy: RegExp): void {
  const lines = stderr.trim().split("\n").slice(-2);
  expect([code, lines.length], stderr).toEqual([1, 2]);
  expect(lines[0]).toMatch(what);
  expect(lines[1]).toMatch(remedy);
  expect(lines.filter((line) => line.length > SHOWN)).toEqual([]);
}
