import { expect, test } from "vitest";
import { LastWords } from "../../../engine/kinds/text/last-words.ts";

test.each([
  ["nothing was said", [], ""],
  ["blank lines", ["\n \n"], ""],
  ["the last two lines that say something", ["start\nno space left\n\napt failed\n\n"], "no space left ; apt failed"],
  ["a line in two pieces", ["no space left ", "on device\n"], "no space left on device"],
  ["what carriage returns painted last", ["0 %\r50 %\r100 %"], "50 % ; 100 %"],
  ["no colours", ["\u001b[31mfailed\u001b[0m\n"], "failed"],
])("LastWords keeps %s", (_, chunks, text) => {
  const words = new LastWords();
  for (const chunk of chunks) words.add(Buffer.from(chunk));
  expect(words.text()).toBe(text);
});

test("LastWords cuts a long line, and forgets what came long before", () => {
  const words = new LastWords();
  words.add(Buffer.from("x".repeat(100_000)));
  expect(words.text()).toBe(`${"x".repeat(150)}…`);
});
