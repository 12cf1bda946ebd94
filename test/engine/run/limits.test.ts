import { describe, expect, it } from "vitest";
import type { Clock } from "../../../engine/base/clock.ts";
import { systemClock } from "../../../engine/base/clock.ts";
import type { ShellRequest } from "../../../engine/transports/port.ts";
import { execute } from "../../support/executed-run.ts";

/** A script that ends only when it is told to. */
async function untilStopped({ signal }: ShellRequest): Promise<{ end: { status: "stopped" } }> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  return { end: { status: "stopped" } };
}

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

describe("`until`", () => {
  const poll = (settings: string): string => `\`\`\`bash {#a .check on=pve1}\n${settings}\ntrue\n\`\`\``;

  it("asks until it holds", async () => {
    let asked = 0;
    const ran = await execute(poll("#| until: { every: 5s, within: 1m }\n#| expect: fini"), {
      clock: quickClock(),
      machine: () => {
        asked += 1;
        return { stdout: asked < 4 ? "pas encore\n" : "fini\n" };
      },
    });
    expect(asked).toBe(4);
    expect(ran.statuses["a"]).toBe("passed");
    const end = ran.events.find((event) => event.type === "step-finished");
    expect(end?.type === "step-finished" && end.retained).toEqual({ pve1: 4 });
  });

  it("gives up at its deadline with the last state", async () => {
    const ran = await execute(poll("#| until: { every: 5s, within: 1m }\n#| expect: fini"), {
      clock: quickClock(),
      machine: () => ({ stdout: "en cours\n" }),
    });
    // At 0, 0.25, 0.75, 1.75, 3.75 and 7.75 s, then every 5 s.
    expect(ran.attempts).toHaveLength(16);
    expect(JSON.stringify(ran.outcome("a"))).toContain("Condition non atteinte après 58 s (16 essais)");
  });

  it("ends by its deadline even inside an attempt that has a longer time limit", async () => {
    const ran = await execute(poll("#| until: { every: 20ms, within: 300ms }\n#| timeout: 1h"), {
      machine: (_, __, request) => untilStopped(request),
    });
    expect(ran.outcome("a")).toMatchObject({ status: "failed" });
  });

  it("tells what was seen last, not that the deadline cut the attempt after it", async () => {
    let asked = 0;
    const ran = await execute(poll("#| until: { every: 20ms, within: 300ms }\n#| timeout: 1h\n#| exit: [0]"), {
      machine: async (_, __, request) => {
        asked += 1;
        return asked === 1 ? { code: 7 } : await untilStopped(request);
      },
    });
    expect(JSON.stringify(ran.outcome("a"))).toContain("dernier état : code 7");
  });

  it("does not wait for a value that nobody will bring", async () => {
    const text = [
      "```bash {#releve .check on=pve1}\n#| save: { jeton: /jeton=(\\w+)/ }\ntrue\n```",
      '```bash {#a .check on=pve1}\n#| until: { every: 5s, within: 1m }\necho "$jeton"\n```',
    ].join("\n\n");
    const ran = await execute(text, { clock: quickClock() });
    expect(ran.statuses).toEqual({ releve: "failed", a: "errored" });
    expect(ran.attempts).toEqual(["releve@pve1", "a@pve1"]);
  });
});

describe("`retry`", () => {
  it("repeats a failure so many times and no more", async () => {
    const ran = await execute("```bash {#a .action on=pve1 retry=2}\nfalse\n```", {
      clock: quickClock(),
      machine: () => ({ code: 1 }),
    });
    expect(ran.attempts).toHaveLength(3);
    expect(JSON.stringify(ran.outcome("a"))).toContain("3 essais");
  });
});

describe("`timeout`", () => {
  it("stops the script, keeps what it had written and says so", async () => {
    const ran = await execute("```bash {#a .check on=pve1 timeout=50ms}\nsleep 99\n```", {
      machine: async (_, __, request) => {
        request.onOutput("stdout", Buffer.from("début\n"));
        return await untilStopped(request);
      },
    });
    expect(ran.outcome("a")).toMatchObject({
      status: "failed",
      reason: "Délai de 50 ms dépassé ; le bloc a été arrêté.",
    });
    const finished = ran.events.find((event) => event.type === "attempt-finished");
    expect(finished?.type === "attempt-finished" && finished.artefacts[0]?.bytes).toBe(7);
  });

  it("holds for a machine that does not even end when it is told to", async () => {
    const clock: Clock = { ...systemClock, sleep: async () => {} };
    const ran = await execute("```bash {#a .check on=pve1 timeout=50ms}\nsleep 99\n```", {
      clock,
      machine: () => new Promise(() => {}),
    });
    expect(ran.outcome("a")).toMatchObject({ status: "failed" });
    expect(ran.finished.counts.failed).toBe(1);
  });
});

describe("an interruption", () => {
  const text = [
    "```bash {#a .check on=pve1}\nsleep 99\n```",
    "```bash {#b .check on=pve1}\ntrue\n```",
    '```bash {#menage .action on=pve1 cleanup=true}\n#| pty: true\n#| answers: [{ prompt: "mot", secret: clef }]\nrm x\n```',
  ].join("\n\n");

  it("ends the current step, begins no other, cleans up with its secrets, and is said", async () => {
    const stop = new AbortController();
    const ran = await execute(text, {
      signal: stop.signal,
      secret: async (name, signal) => {
        signal.throwIfAborted();
        return name;
      },
      machine: async (script, _, request) => {
        if (script !== "sleep 99") return {};
        stop.abort();
        return await untilStopped(request);
      },
    });
    expect(ran.statuses).toEqual({ a: "errored", menage: "passed" });
    expect(ran.outcome("a")).toMatchObject({ code: "INTERRUPTED" });
    expect(ran.finished.interrupted).toBe(true);
  });

  it("between two attempts of a poll is an interruption, not a failed check", async () => {
    const stop = new AbortController();
    const ran = await execute("```bash {#a .check on=pve1}\n#| until: { every: 1h, within: 2h }\nfalse\n```", {
      signal: stop.signal,
      machine: () => {
        setImmediate(() => stop.abort());
        return { code: 1 };
      },
    });
    expect(ran.outcome("a")).toMatchObject({ status: "errored", code: "INTERRUPTED" });
  });

  it("of the clean-up ends that too", async () => {
    const stop = new AbortController();
    const enough = new AbortController();
    const ran = await execute(text, {
      signal: stop.signal,
      cleanupSignal: enough.signal,
      machine: async (script, _, request) => {
        (script === "sleep 99" ? stop : enough).abort();
        return await untilStopped(request);
      },
    });
    expect(ran.statuses).toEqual({ a: "errored", menage: "errored" });
  });

  it("while certificates are read is an interruption too", async () => {
    const stop = new AbortController();
    const ran = await execute("```bash {#a .action on=pve1 renews=tls}\ntrue\n```", {
      signal: stop.signal,
      pins: {
        expected: async (_, signal) => {
          stop.abort();
          signal.throwIfAborted();
          return "AA";
        },
      },
    });
    expect(ran.outcome("a")).toMatchObject({ status: "errored", code: "INTERRUPTED" });
    expect(ran.attempts).toEqual([]);
  });
});

describe("a defect of ours", () => {
  const text = [
    "```bash {#a .action on=pve1}\ntouch x\n```",
    "```bash {#b .action on=pve1}\ntouch y\n```",
    "```bash {#menage .action on=pve1 cleanup=true}\nrm x\n```",
  ].join("\n\n");

  it("is the step's error: its evidence is kept, nothing is changed any more, and the clean-up runs", async () => {
    const ran = await execute(text, {
      machine: (script, _, request) => {
        if (script !== "touch x") return {};
        request.onOutput("stdout", Buffer.from("à moitié\n"));
        throw new TypeError("cannot read properties of undefined");
      },
    });
    expect(ran.statuses).toEqual({ a: "errored", b: "blocked", menage: "passed" });
    expect(ran.outcome("a")).toMatchObject({ code: "INTERNAL" });
    const finished = ran.events.find((event) => event.type === "attempt-finished");
    expect(finished?.type === "attempt-finished" && finished.artefacts[0]?.bytes).toBe(11);
  });

  it("that writes after its attempt is over changes nothing", async () => {
    let late: ShellRequest | undefined;
    const ran = await execute("```bash {#a .check on=pve1}\ntrue\n```\n\n```bash {#b .check on=pve1}\nfalse\n```", {
      machine: (script, _, request) => {
        if (script === "true") late = request;
        else late?.onOutput("stdout", Buffer.from("trop tard\n"));
        return {};
      },
    });
    expect(ran.finished.counts.passed).toBe(2);
  });
});
