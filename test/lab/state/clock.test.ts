import { describe, expect, test } from "vitest";
import { createClock } from "../../../lab/state/clock.ts";

describe("createClock()", () => {
  test("waits lab time: a minute passes in a moment when it runs 6000 times faster", async () => {
    const clock = createClock(6000);
    const start = clock.now();
    await clock.sleep(60_000);
    expect(clock.now() - start).toBeGreaterThanOrEqual(60_000 - 6000);
    expect(clock.uptime(start)).toBeGreaterThanOrEqual(54);
  });

  test("starts at the moment it is given", () => {
    const start = Date.UTC(2026, 10, 22);
    expect(createClock(1, start).seconds()).toBe(start / 1000);
  });

  test("ends a wait with the signal's reason, before or during it", async () => {
    const clock = createClock();
    const reason = new Error("enough");
    await expect(clock.sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const wait = clock.sleep(60_000, controller.signal);
    controller.abort(reason);
    await expect(wait).rejects.toBe(reason);
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuses the scale %s", (scale) => {
    expect(() => createClock(scale)).toThrow(RangeError);
  });
});
