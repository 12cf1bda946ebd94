import { describe, expect, it } from "vitest";
import type { Clock } from "../../../engine/base/clock.ts";
import { type ExecutedRun, execute } from "../../support/executed-run.ts";

/** A clock on which waiting takes no time. */
function quickClock(): Clock {
  let now = 0;
  return {
    now: () => new Date("2026-11-23T10:00:00.000Z"),
    monotonic: () => now,
    sleep: async (ms, signal) => {
      signal.throwIfAborted();
      now += ms;
    },
  };
}

const poll = (until: string): string =>
  `\`\`\`bash {#a .check on=pve1}\n#| until: ${until}\n#| expect: sain\nceph health\n\`\`\``;

/** What a machine says, one answer after the other; the last one stays. */
async function answering(until: string, ...answers: readonly string[]) {
  const left = [...answers];
  return await execute(poll(until), {
    clock: quickClock(),
    machine: () => ({ stdout: `${left.length > 1 ? left.shift() : left[0]}\n` }),
  });
}

const progress = ({ live }: ExecutedRun) => live.flatMap(({ type, text }) => (type === "progress" ? [text] : []));

describe("`until.stable`", () => {
  it("asks on after the first yes until the condition has held that long", async () => {
    const ran = await answering("{ every: 2s, within: 1m, stable: 10s }", "malade", "sain");
    expect(ran.statuses["a"]).toBe("passed");
    // No at 0 s; yes at 0.25 s, then at 0.75, 1.75, 3.75, 5.75, 7.75, 9.75 and 10.25 s.
    expect(ran.attempts).toHaveLength(9);
    expect(progress(ran)).toContain("tenue depuis 6 s sur 10 s (essai 6, 6 s sur 1 min) : atteint");
  });

  it("begins again after a flicker", async () => {
    const ran = await answering("{ every: 2s, within: 1m, stable: 4s }", "sain", "malade", "sain", "malade", "sain");
    expect(ran.statuses["a"]).toBe("passed");
    expect(ran.attempts.length).toBeGreaterThan(6);
  });

  it("fails where the condition comes and goes, with how long it held, how often it was lost, and the last state", async () => {
    const flapping = Array.from({ length: 60 }, (_, index) => (index % 3 === 2 ? "malade" : "sain"));
    const ran = await answering("{ every: 2s, within: 20s, stable: 8s }", ...flapping);
    const reason = JSON.stringify(ran.outcome("a"));
    expect(ran.statuses["a"]).toBe("failed");
    expect(reason).toMatch(
      /Condition non tenue après \d+ s \(\d+ essais\) : tenue \d+ s au plus, sur 8 s demandées, perdue \d fois ; dernier état/,
    );
  });

  it("fails when the condition came too late to hold long enough", async () => {
    const late = [...Array.from({ length: 9 }, () => "malade"), "sain"];
    const ran = await answering("{ every: 2s, within: 15s, stable: 10s }", ...late);
    expect(ran.outcome("a")).toMatchObject({
      status: "failed",
      reason: expect.stringMatching(/dernier état : tenue depuis .* sur 10 s$/),
      judgements: [{ ok: false, expected: "la condition tenue 10 s d’affilée" }],
    });
  });

  it("is refused where it is as long as the whole wait", async () => {
    await expect(answering("{ every: 2s, within: 10s, stable: 10s }", "sain")).rejects.toThrow(/stable.*within/);
  });

  it("shows the last state, the time spent and the limit while it waits", async () => {
    const ran = await answering("{ every: 5s, within: 2m }", "malade : 1 pg dégradé", "malade", "malade", "sain");
    expect(progress(ran)[0]).toMatch(/^pas encore \(essai 1, 0 ms sur 2 min\) : .*malade : 1 pg dégradé/);
  });
});
