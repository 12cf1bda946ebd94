import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes minutes, the longest first: begun last, it would keep one core busy while the other waits. */
const LONG = [
  "whole-report",
  "-false",
  "trouble",
  "e2e/",
  "lab/ui/",
  "transports/browser",
  "tampering-table",
  "docs-verify",
];

/** Orders the test files so that the long ones come first; the others stay as they were. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const found = LONG.findIndex((part) => moduleId.includes(part));
      return found === -1 ? LONG.length : found;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
