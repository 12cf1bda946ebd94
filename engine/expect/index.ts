/** Pure judgement: what a machine answered against what the author expects. */
export { homogeneous } from "./homogeneous.ts";
export { describeEnd, judgeExit, type ScriptEnd } from "./judge-exit.ts";
export { judgeJson } from "./judge-json.ts";
export { judgeOutput, type ReadJson, readJson } from "./judge-output.ts";
export { judgeWritten } from "./judge-written.ts";
export { holds, looselyEqual } from "./loosely-equal.ts";
export { type MaskPattern, readMask } from "./mask-pattern.ts";
export { plainOutput } from "./output-lines.ts";
export {
  checkExpectation,
  type ParsedExpectation,
  parseExpectation,
  type WrittenExpectation,
} from "./parse-expectation.ts";
export { readRegex, regexMistake } from "./regex-text.ts";
export { checkSelector, type SelectedValue, selectValue, type WrittenSelector } from "./select-value.ts";
