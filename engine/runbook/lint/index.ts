import { captureNeverChosen } from "./capture-never-chosen.ts";
import { captureWithoutExpectation } from "./capture-without-expectation.ts";
import { companions } from "./companions.ts";
import { cyclicNeeds } from "./cyclic-needs.ts";
import { duplicateChapter } from "./duplicate-chapter.ts";
import { duplicateId } from "./duplicate-id.ts";
import { headingOrder } from "./heading-order.ts";
import { mutatingCheck } from "./mutating-check.ts";
import { pictureOnSeveralNodes } from "./picture-on-several-nodes.ts";
import { pvecmAddWithoutRenews } from "./pvecm-add-without-renews.ts";
import { secretInClear } from "./secret-in-clear.ts";
import { unfilledCapture } from "./unfilled-capture.ts";
import { unknownLink } from "./unknown-link.ts";
import { unknownNode } from "./unknown-node.ts";
import { unknownReference } from "./unknown-reference.ts";
import { unknownRequirement } from "./unknown-requirement.ts";
import { unknownSecret } from "./unknown-secret.ts";
import { unknownVariable } from "./unknown-variable.ts";
import { unreachableUnless } from "./unreachable-unless.ts";
import { type LintContext, type LintRule, lintWorld, type ParsedRunbook } from "./world.ts";

const RULES: readonly LintRule[] = [
  duplicateChapter,
  headingOrder,
  duplicateId,
  unknownNode,
  unknownReference,
  unknownLink,
  cyclicNeeds,
  companions,
  unreachableUnless,
  unfilledCapture,
  captureNeverChosen,
  captureWithoutExpectation,
  pictureOnSeveralNodes,
  unknownVariable,
  unknownSecret,
  unknownRequirement,
  secretInClear,
  mutatingCheck,
  pvecmAddWithoutRenews,
];

/** Holds all documents against the rules that one block alone cannot break; what is wrong becomes messages on the files. */
export function lintRunbooks(parsed: readonly ParsedRunbook[], context: LintContext): void {
  const world = lintWorld(parsed, context);
  for (const rule of RULES) rule(world);
}
