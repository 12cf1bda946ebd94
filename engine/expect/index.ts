/** Pure judgement: what a machine answered against what the author expects. */
export { homogeneous } from "./homogeneous.ts";
export { judgeExit, type ScriptEnd } from "./judge-exit.ts";
export { judgeExpectedOutput } from "./judge-expected-output.ts";
export { judgeJson } from "./judge-json.ts";
export { judgeOutput, readJson } from "./judge-output.ts";
export { judgeWritten } from "./judge-written.ts";
export { looselyEqual } from "./loosely-equal.ts";
export { readMask } from "./mask-pattern.ts";
export { checkOutputLine, readOutputRules } from "./output-rule.ts";
export {
  checkExpectation,
  parseExpectation,
  type WrittenExpectation,
} from "./parse-expectation.ts";
export { readableRegex, readableSource, readRegex, regexMistake } from "./regex-text.ts";
export { selectJson } from "./select-json.ts";
export { checkSelector, type SelectedValue, selectValue, type WrittenSelector } from "./select-value.ts";
