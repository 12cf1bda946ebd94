/** What differs between two texts, two values, two pictures; pure. */

export { blankOut, isJsonPath } from "./blank-out.ts";
export { type Ignoring, ignoring, USUAL_RULES } from "./ignoring.ts";
export { compareJson, type JsonChange } from "./json-difference.ts";
export { longestIncreasing } from "./match-items.ts";
export { comparePictures, type PictureDifference } from "./picture-difference.ts";
export { readDocument } from "./read-json.ts";
export { compareTexts, type DiffedLine, type TextDifference } from "./text-difference.ts";
export { RULE_NAMES, VOLATILE_RULES } from "./volatile-rules.ts";
export { changedWords, type WordPiece } from "./word-changes.ts";
