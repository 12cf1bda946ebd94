import { describe, expect, it } from "vitest";
import { auditRun } from "../../../engine/audit/index.ts";
import { ProblemError } from "../../../engine/base/problem.ts";
import { execute } from "../../support/executed-run.ts";

describe("executePlan()", () => {
  it("journals each step from its start to its end, with each attempt inside, and the end of the run last", async () => {
    const { events, finished } = await execute(
      "```bash {#a .check on=@noeuds}\nuname\n```\n\n```bash {#b .action on=pve1}\ntouch x\n```",
    );
    const told = events.map((event) => ("step" in event ? `${event.type} ${event.step}` : event.type));
    expect(told.slice(0, 3)).toEqual(["node-identified", "node-identified", "step-started a"]);
    expect(told.slice(3, 7).sort()).toEqual([
      "attempt-finished a",
      "attempt-finished a",
      "attempt-started a",
      "attempt-started a",
    ]);
    expect(told.slice(7)).toEqual([
      "step-finished a",
      "step-started b",
      "attempt-started b",
      "attempt-finished b",
      "step-finished b",
      "run-finished",
    ]);
    expect(finished.counts).toEqual({ passed: 2, failed: 0, skipped: 0, blocked: 0, errored: 0 });
  });

  it("asks a node that was not there at the start who it is once it has been installed", async () => {
    let asked = 0;
    const hostnames = {
      get pve2(): string {
        asked += 1;
        if (asked > 1) return "pve2";
        throw new ProblemError("SSH_UNREACHABLE", "pve2 n’existe pas encore", { scope: "environment", hint: "" });
      },
    };
    const { events } = await execute("```bash {#a .action on=@noeuds}\ninstaller\n```", { hostnames });
    const known = events.flatMap((event) => (event.type === "node-identified" ? [event.node] : []));
    expect(known).toEqual(["pve1", "pve2"]);
    expect(events.at(-1)?.type).toBe("run-finished");
  });

  it("blocks later actions after a failure, while checks still look, and runs clean-up last", async () => {
    const ran = await execute(
      [
        "```bash {#menage .action on=pve1 cleanup=true needs=#casse}\nrm -rf /tmp/x\n```",
        "```bash {#casse .action on=pve1}\nfalse\n```",
        "```bash {#suite .action on=pve1}\ntouch y\n```",
        "```bash {#regard .check on=pve1}\nuname\n```",
      ].join("\n\n"),
      { machine: (script) => ({ code: script === "false" ? 1 : 0 }) },
    );
    expect(ran.statuses).toEqual({ casse: "failed", suite: "blocked", regard: "passed", menage: "passed" });
    expect(ran.attempts).toEqual(["casse@pve1", "regard@pve1", "menage@pve1"]);
    expect(ran.finished.counts).toMatchObject({ passed: 2, failed: 1, blocked: 1 });
  });

  it("asks a polling check only once after a failure, and says so", async () => {
    const ran = await execute(
      [
        "```bash {#casse .check on=pve1}\nfalse\n```",
        "```bash {#attente .check on=pve1}\n#| until: { every: 5s, within: 30m }\nfalse\n```",
        "```bash {#retard .check on=pve1 retry=20}\nfalse\n```",
      ].join("\n\n"),
      { machine: (script) => ({ code: script === "false" ? 1 : 0 }) },
    );
    expect(ran.attempts).toEqual(["casse@pve1", "attente@pve1", "retard@pve1"]);
    expect(ran.outcome("attente")).toMatchObject({
      status: "failed",
      reason: expect.stringMatching(/demandé une seule fois, car #casse avait échoué/),
    });
  });

  it("gives a page little time to show what is expected once the run has failed", async () => {
    const asked: (number | undefined)[] = [];
    const page = (id: string) =>
      `\`\`\`yaml {#${id} .browser .check on=pve1}\nopen: https://127.0.0.1/\nexpect: [{ text: x }]\n\`\`\``;
    await execute([page("avant"), "```bash {#casse .check on=pve1}\nfalse\n```", page("apres")].join("\n\n"), {
      machine: () => ({ code: 1 }),
      browser: {
        shoot: async (_node, { spec }) => {
          asked.push(spec.within);
          return { status: "unsettled", unmet: [], shot: undefined };
        },
      },
    });
    expect(asked).toEqual([undefined, 3000]);
  });

  it("does not knock again, after a failure, where nobody answered", async () => {
    const ran = await execute(
      [
        "```bash {#absent .check on=pve2}\nuname\n```",
        "```bash {#encore .check on=pve2}\nuname\n```",
        "```bash {#partout .check on=@noeuds}\nuname\n```",
        "```bash {#ailleurs .check on=pve1}\nuname\n```",
      ].join("\n\n"),
      {
        machine: (_script, target) => {
          if (target === "pve2")
            throw new ProblemError("SSH_UNREACHABLE", "pve2 ne répond pas", { scope: "environment" });
          return { stdout: "Linux\n" };
        },
      },
    );
    expect(ran.statuses).toEqual({ absent: "errored", encore: "blocked", partout: "errored", ailleurs: "passed" });
    expect(ran.attempts.filter((attempt) => attempt.startsWith("encore"))).toEqual([]);
    expect(ran.outcome("encore")).toMatchObject({ by: "absent" });
  });

  it("waits for the block that stands in for a needed one that this site does not use", async () => {
    const ran = await execute(
      [
        '```bash {#par-shell .check on=pve1 capture="état"}\nfalse\n```',
        '```yaml {#par-page .browser .check on=pve1 capture="état"}\nopen: https://127.0.0.1/\nexpect: [{ text: x }]\n```',
        "```bash {#suite .check on=pve1 needs=#par-page}\ntrue\n```",
        "[ Capture : état ]",
      ].join("\n\n"),
      { machine: (script) => ({ code: script === "false" ? 1 : 0 }) },
    ).catch((error: unknown) => String(error));
    if (typeof ran === "string") throw new Error(ran);
    expect(ran.statuses).toEqual({ "par-shell": "failed", "par-page": "not-chosen", suite: "blocked" });
  });

  it("leaves an evidence folder in which the audit misses only what the run command adds", async () => {
    const { folder } = await execute("```bash {#a .check on=pve1}\nuname\n```", {
      machine: () => ({ stdout: "Linux\n" }),
    });
    const { findings } = await auditRun(folder);
    expect(findings.filter(({ rule }) => !["run-start", "run-summary", "manifest-missing"].includes(rule))).toEqual([]);
  });
});
