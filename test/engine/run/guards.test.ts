import { describe, expect, it } from "vitest";
import { execute, type Machine } from "../../support/executed-run.ts";

const CHECK = "```bash {#fait .check on=@noeuds}\ntest -e x\n```";
const ACTION = "```bash {#faire .action on=@noeuds unless=#fait}\ntouch x\n```";

/** Machines on which `touch x` makes `test -e x` true from then on. */
function withFile(...already: readonly string[]): Machine {
  const made = new Set(already);
  return (script, target) => {
    if (script === "touch x") made.add(target);
    return { code: script === "test -e x" && !made.has(target) ? 1 : 0 };
  };
}

describe("`unless`", () => {
  it.each([
    [[], "passed", ["faire@pve1", "faire@pve2"]],
    [["pve1"], "passed", ["faire@pve2"]],
    [["pve1", "pve2"], "satisfied", []],
  ])("on the same nodes answers for each: done on %j is %s", async (done, status, acted) => {
    const ran = await execute(`${ACTION}\n\n${CHECK}`, { machine: withFile(...done) });
    expect(ran.statuses["faire"]).toBe(status);
    expect(ran.attempts.filter((attempt) => attempt.startsWith("faire"))).toEqual(acted);
    const counted = ran.events.find((event) => event.type === "step-finished" && event.step === "faire");
    expect(counted?.type === "step-finished" && Object.keys(counted.retained)).toEqual(
      acted.map((attempt) => attempt.split("@")[1]),
    );
  });

  it("on other nodes answers for the whole step", async () => {
    const action = "```bash {#faire .action on=pve1 unless=#fait}\ntouch x\n```";
    const half = await execute(`${action}\n\n${CHECK}`, { machine: withFile("pve2") });
    expect(half.statuses["faire"]).toBe("passed");
    const whole = await execute(`${action}\n\n${CHECK}`, { machine: withFile("pve1", "pve2") });
    expect(whole.statuses["faire"]).toBe("satisfied");
  });

  it("is asked once, even when the check polls", async () => {
    const check = "```bash {#fait .check on=pve1 needs=#faire}\n#| until: { every: 1ms, within: 50ms }\ntest -e x\n```";
    const ran = await execute(`${ACTION.replace("@noeuds", "pve1")}\n\n${check}`, {
      machine: withFile(),
    }).catch((error: unknown) => String(error));
    // A guard that needs what it guards is refused by the plan: that is an author's mistake, not an endless wait.
    expect(ran).toContain("ne peut jamais tenir avant elle");
    const free = await execute(`${ACTION.replace("@noeuds", "pve1")}\n\n${check.replace(" needs=#faire", "")}`, {
      machine: withFile(),
    });
    expect(free.attempts.filter((attempt) => attempt === "fait@pve1 guard")).toHaveLength(1);
  });

  it("that cannot answer stops the step and is named", async () => {
    const ran = await execute(`${ACTION}\n\n${CHECK}`, {
      machine: (script) => {
        if (script === "test -e x") throw new Error("wire cut");
        return {};
      },
    });
    expect(ran.attempts).not.toContain("faire@pve1");
    expect(ran.outcome("faire")).toMatchObject({ status: "errored" });
    expect(JSON.stringify(ran.outcome("faire"))).toContain("La garde #fait n’a pas pu répondre");
  });

  it("naming several checks is satisfied by any of them, and says by which", async () => {
    const other = "```bash {#autre .check on=pve1}\ntest -e y\n```";
    const action = "```bash {#faire .action on=pve1 unless=#fait,#autre}\ntouch x\n```";
    const run = (answers: Readonly<Record<string, number>>) =>
      execute(`${action}\n\n${CHECK.replace("@noeuds", "pve1")}\n\n${other}`, {
        machine: (script) => {
          const code = answers[script];
          if (code === -1) throw new Error("wire cut");
          return { code: code ?? 0 };
        },
      });
    const second = await run({ "test -e x": 1, "test -e y": 0 });
    expect(second.statuses["faire"]).toBe("satisfied");
    expect(JSON.stringify(second.outcome("faire"))).toContain("#autre le confirme");
    expect((await run({ "test -e x": 1, "test -e y": 1 })).statuses["faire"]).toBe("passed");
    expect((await run({ "test -e x": -1, "test -e y": 0 })).statuses["faire"]).toBe("satisfied");
    expect((await run({ "test -e x": -1, "test -e y": 1 })).outcome("faire")).toMatchObject({ status: "errored" });
  });

  it("is asked although the selection left its check out", async () => {
    const ran = await execute(`${ACTION}\n\n${CHECK}`, {
      machine: withFile("pve1", "pve2"),
      only: { steps: ["faire"] },
    });
    expect(ran.statuses).toEqual({ faire: "satisfied", fait: "deselected" });
  });
});

describe("`verify`", () => {
  const verified = `${ACTION.replace("unless", "verify")}\n\n${CHECK}`;

  it("decides about the action, whatever its exit code said", async () => {
    const liar = await execute(verified, { machine: (script) => ({ code: script === "test -e x" ? 1 : 0 }) });
    expect(liar.outcome("faire")).toMatchObject({ status: "failed" });
    expect(JSON.stringify(liar.outcome("faire"))).toContain("La vérification #fait n’est pas satisfaite");
    const honest = await execute(verified, { machine: withFile() });
    expect(honest.statuses["faire"]).toBe("passed");
    expect(honest.attempts.filter((attempt) => attempt.endsWith("verify"))).toEqual([
      "fait@pve1 verify",
      "fait@pve2 verify",
    ]);
  });

  it("is not asked of an action that failed", async () => {
    const ran = await execute(verified, { machine: (script) => ({ code: script === "touch x" ? 1 : 0 }) });
    expect(ran.attempts.filter((attempt) => attempt.endsWith("verify"))).toEqual([]);
    expect(ran.statuses["faire"]).toBe("failed");
  });
});

describe("`confirm`", () => {
  const text = '```bash {#raser .action on=pve1 confirm="Tout effacer ?"}\nrm -rf x\n```';
  const after = "```bash {#suite .check on=pve1 needs=#raser}\ntrue\n```";

  it("declined leaves the step undone and blocks what needs it", async () => {
    const asked: string[] = [];
    const ran = await execute(`${text}\n\n${after}`, {
      confirm: async (_, question) => {
        asked.push(question);
        return false;
      },
    });
    expect(asked).toEqual(["Tout effacer ?"]);
    expect(ran.statuses).toEqual({ raser: "declined", suite: "blocked" });
    expect(ran.attempts).toEqual([]);
  });

  it("interrupted is an interruption, not a refusal", async () => {
    const stop = new AbortController();
    const ran = await execute(text, {
      signal: stop.signal,
      confirm: async () => {
        stop.abort();
        return false;
      },
    });
    expect(ran.outcome("raser")).toMatchObject({ status: "errored", code: "INTERRUPTED" });
    expect(ran.finished.interrupted).toBe(true);
  });
});
