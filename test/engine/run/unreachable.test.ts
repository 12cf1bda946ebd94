import { expect, it } from "vitest";
import type { KindResult } from "../../../engine/kinds/kind.ts";
import { isAway, whereNobodyAnswers } from "../../../engine/run/unreachable.ts";
import { blockOf } from "../../support/kind-task.ts";

const block = blockOf("```bash {#la .check on=pve1 unreachable=fails}\ntrue\n```");
const erroredBy = (code: string): KindResult => ({
  ...{ answer: "", saved: {}, figure: null },
  outcome: { status: "errored", code, reason: "refusé", hint: "" },
});

it.each([
  ["SSH_UNREACHABLE", "failed", true],
  // The controller is there, and other accounts are still let in.
  ["BMC_AUTH_FAILED", "failed", false],
  ["BMC_LOGIN_FAILED", "failed", false],
  ["SSH_HOST_KEY", "errored", false],
])("after %s a check that may find nobody is %s, and the machine away: %s", (code, status, away) => {
  expect(whereNobodyAnswers(block, erroredBy(code)).outcome.status).toBe(status);
  expect(isAway(code)).toBe(away);
});
