import { describe, expect, it } from "vitest";
import { auditOrder } from "../../../engine/audit/order.ts";
import type { Event, EventBody } from "../../../engine/model/event.ts";

const begin = (attempt: number, step = "a"): EventBody => ({
  ...{ type: "attempt-started", attempt, step, target: "pve1", purpose: "run", onBehalfOf: null, sent: "uname" },
});
const finish = (attempt: number, step = "a"): EventBody => ({
  ...{ type: "attempt-finished", attempt, step, target: "pve1", durationMs: 1, answer: "exit 0" },
  ...{ outcome: { status: "passed", judgements: [] }, artefacts: [], figure: null, saved: {}, redactions: {} },
});
const END: EventBody = {
  type: "run-finished",
  counts: { passed: 1, failed: 0, skipped: 0, blocked: 0, errored: 0 },
  placeholders: { expected: 0, filled: 0 },
  interrupted: false,
};

function audited(bodies: readonly EventBody[], seconds = bodies.map((_, index) => index)): readonly string[] {
  const events = bodies.map(
    (body, index): Event => ({
      ...body,
      v: 1,
      seq: index + 1,
      at: new Date(Date.UTC(2026, 10, 23) + (seconds[index] ?? 0) * 1000).toISOString(),
      prev: "0".repeat(64),
    }),
  );
  return auditOrder(events).map(({ severity, subject }) => `${severity} ${subject}`);
}

describe("auditOrder()", () => {
  it("finds nothing in attempts that run side by side", () => {
    expect(audited([begin(1), begin(2, "b"), finish(2, "b"), finish(1), END])).toEqual([]);
  });

  it("finds nothing in a run that ended, was resumed and ended again", () => {
    const resumed: EventBody = { type: "run-resumed", by: { user: "u", host: "h" }, cut: 0 };
    expect(audited([begin(1), finish(1), END, resumed, begin(2), finish(2), END])).toEqual([]);
  });

  it.each<[string, readonly EventBody[], string]>([
    ["an end before its beginning", [finish(1), begin(1)], "error journal.jsonl, ligne 1"],
    ["an attempt that begins twice", [begin(1), begin(1), finish(1)], "error journal.jsonl, ligne 2"],
    ["an attempt that ends twice", [begin(1), finish(1), finish(1)], "error journal.jsonl, ligne 3"],
    ["an end of another step", [begin(1), finish(1, "b")], "error journal.jsonl, ligne 2"],
    ["something after the end of the run", [begin(1), finish(1), END, begin(2)], "error journal.jsonl, ligne 4"],
  ])("finds %s", (_, bodies, found) => {
    expect(audited(bodies)).toEqual([found]);
  });

  it("says where the clock went back, which is no forgery", () => {
    expect(audited([begin(1), finish(1)], [10, 4])).toEqual(["warning journal.jsonl, ligne 2"]);
  });
});
