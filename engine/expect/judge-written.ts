import type { Expectation, Judgement } from "../model/expectation.ts";
import type { Values } from "../model/values.ts";
import { judgeOutput } from "./judge-output.ts";
import { parseExpectation, type WrittenExpectation } from "./parse-expectation.ts";

/** Judges an output by a block's `expect` as it is written, its values filled in. An entry that cannot be read is not satisfied. */
export function judgeWritten(
  written: readonly WrittenExpectation[],
  stdout: string,
  values: Values,
): readonly Judgement[] {
  const rules: Expectation[] = [];
  const unread: Judgement[] = [];
  for (const entry of written) {
    const parsed = parseExpectation(entry, values);
    if (parsed.ok) rules.push(parsed.expectation);
    else
      unread.push({ ok: false, expected: `une attente lisible : ${JSON.stringify(entry)}`, obtained: parsed.reason });
  }
  return [...judgeOutput(rules, stdout), ...unread];
}
