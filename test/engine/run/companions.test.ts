import { describe, expect, it } from "vitest";
import { type Answer, execute, type Machine } from "../../support/executed-run.ts";

const ACTION = "```bash {#agir .action on=pve1 timeout=20s}\nagir\n```\n";
const beside = (attributes: string, body = "regarder") =>
  `\`\`\`bash {#vue .check on=pve1 timeout=20s ${attributes}}\n${body}\n\`\`\`\n`;

/** A machine on which `regarder` goes on until it is stopped; what began and ended is kept in order. */
function machine(answers: Readonly<Record<string, Answer>> = {}): Machine & { readonly log: string[] } {
  const log: string[] = [];
  const answer: Machine = async (script, _target, request) => {
    log.push(script);
    if (script !== "regarder") return answers[script] ?? {};
    if (!request.signal.aborted)
      await new Promise<void>((resolve) => request.signal.addEventListener("abort", () => resolve(), { once: true }));
    log.push("regarder finit");
    return { stdout: "vu\n", end: { status: "stopped" } };
  };
  return Object.assign(answer, { log });
}

function order(events: Awaited<ReturnType<typeof execute>>["events"]): readonly string[] {
  return events.flatMap((event) =>
    event.type === "step-started" || event.type === "step-finished" ? [`${event.type.slice(5)} ${event.step}`] : [],
  );
}

describe("executePlan() with a check that accompanies an action", () => {
  it("starts it before the action, ends it after the verification, and journals it around the action", async () => {
    const on = machine();
    const verified = ACTION.replace("timeout", "verify=#apres timeout");
    const run = await execute(
      `${verified}\n\`\`\`bash {#apres .check on=pve1}\nverifier\n\`\`\`\n\n${beside("during=#agir")}`,
      { machine: on },
    );
    expect(on.log).toEqual(["regarder", "agir", "verifier", "regarder finit", "verifier"]);
    expect(order(run.events).slice(0, 4)).toEqual(["started vue", "started agir", "finished agir", "finished vue"]);
    expect(run.statuses).toMatchObject({ vue: "passed", agir: "passed" });
  });

  it("fails its own step, not the action", async () => {
    const run = await execute(
      ACTION + beside("during=#agir").replace("\nregarder", "\n#| expect: autre chose\nregarder"),
      { machine: machine() },
    );
    expect(run.statuses).toMatchObject({ vue: "failed", agir: "passed" });
  });

  it("ends it also when the action fails", async () => {
    const run = await execute(ACTION + beside("during=#agir"), { machine: machine({ agir: { code: 1 } }) });
    expect(run.statuses).toEqual({ vue: "passed", agir: "failed" });
  });

  it("does not wait any more for what can no longer come when the action has failed", async () => {
    const waiting = beside("during=#agir", "attendre").replace(
      "\nattendre",
      "\n#| until: { every: 1s, within: 30m }\nattendre",
    );
    const run = await execute(ACTION + waiting, { machine: machine({ agir: { code: 1 }, attendre: { code: 1 } }) });
    expect(run.statuses).toEqual({ vue: "failed", agir: "failed" });
  });

  it("looks at nothing when the action is satisfied already, and shares its reason", async () => {
    const on = machine();
    const guarded = ACTION.replace("timeout", "unless=#fait timeout");
    const run = await execute(
      `${guarded}\n\`\`\`bash {#fait .check on=pve1}\nfait\n\`\`\`\n\n${beside("during=#agir")}`,
      { machine: on },
    );
    expect(on.log).not.toContain("regarder");
    expect(run.statuses).toMatchObject({ vue: "satisfied", agir: "satisfied" });
  });

  it.each<[string, Parameters<typeof execute>[1], string]>([
    ["declined", { confirm: async () => false }, "declined"],
    ["not selected", { only: { steps: ["vue"] } }, "deselected"],
  ])("looks at nothing when the action is %s", async (_, options, status) => {
    const on = machine();
    const run = await execute(ACTION.replace("timeout", "confirm timeout") + beside("during=#agir"), {
      machine: on,
      ...options,
    });
    expect(on.log).toEqual([]);
    expect(run.statuses).toMatchObject({ vue: status, agir: status });
  });

  it("runs the action without one that is not selected", async () => {
    const on = machine();
    const run = await execute(ACTION + beside("during=#agir"), { machine: on, only: { steps: ["agir"] } });
    expect(on.log).toEqual(["agir"]);
    expect(run.statuses).toEqual({ vue: "deselected", agir: "passed" });
  });

  it("asks again and again what has `until`, during the action and after it", async () => {
    let asked = 0;
    const on: Machine = (script) => {
      if (script !== "voir") return {};
      asked += 1;
      return { stdout: asked < 3 ? "pas encore\n" : "la\n" };
    };
    const fence = beside("during=#agir", "#| until: { every: 10ms, within: 10s }\n#| expect: la\nvoir");
    const run = await execute(ACTION + fence, { machine: on });
    expect(run.statuses).toEqual({ vue: "passed", agir: "passed" });
    expect(run.attempts.filter((attempt) => attempt.startsWith("vue"))).toHaveLength(3);
  });

  it("lets nobody who needs it run before it has ended", async () => {
    const on = machine();
    const late = "```bash {#suite .check on=pve1 needs=#vue}\nsuite\n```\n";
    const run = await execute(late + ACTION + beside("during=#agir"), { machine: on });
    expect(on.log).toEqual(["regarder", "agir", "regarder finit", "suite"]);
    expect(run.statuses).toMatchObject({ suite: "passed" });
  });
});

describe("executePlan() with a step in the background", () => {
  const following = (attributes = "") => `\`\`\`bash {#apres .check on=pve1 ${attributes}}\napres\n\`\`\`\n`;

  it("goes on behind the following steps until the run ends, and keeps its output", async () => {
    const on = machine();
    const run = await execute(
      beside("background").replace("\nregarder", "\n#| expect: vu\nregarder") + following("needs=#vue"),
      { machine: on },
    );
    expect(on.log).toEqual(["regarder", "apres", "regarder finit"]);
    expect(order(run.events)).toEqual(["started vue", "started apres", "finished apres", "finished vue"]);
    expect(run.statuses).toEqual({ vue: "passed", apres: "passed" });
  });

  it("ends before a step that stops it", async () => {
    const on = machine();
    const run = await execute(beside("background") + following("stops=#vue"), { machine: on });
    expect(on.log).toEqual(["regarder", "regarder finit", "apres"]);
    expect(run.statuses).toEqual({ vue: "passed", apres: "passed" });
  });

  it("is judged by its exit code when it ends by itself", async () => {
    const ended = Promise.withResolvers<void>();
    const between = "```bash {#entre .check on=pve1}\nentre\n```\n";
    const run = await execute(beside("background", "echouer") + between + following("needs=#vue"), {
      machine: async (script) => {
        if (script === "entre") await ended.promise;
        return script === "echouer" ? { code: 3 } : {};
      },
      onEvent: (event) => {
        if (event.type === "step-finished" && event.step === "vue") ended.resolve();
      },
    });
    expect(run.statuses).toEqual({ vue: "failed", entre: "passed", apres: "blocked" });
  });

  it("ends before the clean-up steps", async () => {
    const on = machine();
    const tidy = "```bash {#ranger .action on=pve1 cleanup=true}\nranger\n```\n";
    await execute(tidy + beside("background"), { machine: on });
    expect(on.log).toEqual(["regarder", "regarder finit", "ranger"]);
  });

  it("is interrupted with the run", async () => {
    const stop = new AbortController();
    const on = machine();
    const run = await execute(beside("background") + following(), {
      machine: (script, target, request) => {
        if (script === "apres") stop.abort(new Error("Ctrl-C"));
        return on(script, target, request);
      },
      signal: stop.signal,
    });
    expect(run.outcome("vue")).toMatchObject({ status: "errored", code: "INTERRUPTED" });
  });
});
