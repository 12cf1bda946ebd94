import { describe, expect, it } from "vitest";
import { ProblemError } from "../../../engine/base/problem.ts";
import { ANSWER_LOST } from "../../../engine/model/answer-lost.ts";
import { execute } from "../../support/executed-run.ts";

const ACTION = (more = "") => `\`\`\`http {#creer .action on=pve1 ${more}}\nPOST /access/users\n\`\`\``;
const CHECK = "```bash {#cree .check on=pve1}\npveum user list\n```";

/** Runs an action whose answer is lost on the way; what the verification finds decides. */
async function lost(markdown: string, done: boolean) {
  let sent = 0;
  const ran = await execute(markdown, {
    machine: () => ({ code: done ? 0 : 1 }),
    http: {
      request: async () => {
        sent += 1;
        throw new ProblemError(ANSWER_LOST, "La liaison a été coupée après l’envoi.", {
          scope: "environment",
          hint: "Voyez.",
        });
      },
    },
  });
  return { ran, sent };
}

describe("an action whose answer was lost", () => {
  it("passes when its verification says that it is done, and is sent once", async () => {
    const { ran, sent } = await lost(`${ACTION("verify=#cree")}\n\n${CHECK}`, true);
    expect(ran.outcome("creer")).toMatchObject({
      status: "passed",
      judgements: [{ obtained: "réponse perdue ; #cree confirme que c’est fait" }],
    });
    expect(ran.attempts.filter((attempt) => attempt === "cree@pve1 verify")).toHaveLength(1);
    expect(sent).toBe(1);
  });

  it("passes when several verifications say so", async () => {
    const other = CHECK.replace("#cree ", "#connu ");
    const { ran } = await lost(`${ACTION("verify=#cree,#connu")}\n\n${CHECK}\n\n${other}`, true);
    expect(ran.outcome("creer")).toMatchObject({
      judgements: [{ obtained: "réponse perdue ; #cree, #connu confirment que c’est fait" }],
    });
  });

  it("fails when its verification says that it is not done, with both reasons", async () => {
    const { ran, sent } = await lost(`${ACTION("verify=#cree")}\n\n${CHECK}`, false);
    expect(ran.outcome("creer")).toMatchObject({
      status: "errored",
      code: ANSWER_LOST,
      reason: expect.stringMatching(/coupée après l’envoi.*#cree n’est pas satisfaite/),
    });
    expect(sent).toBe(1);
  });

  it("is verified, and not sent again, when it was the block's time that ended", async () => {
    let sent = 0;
    const markdown = `${ACTION("verify=#cree retry=3 timeout=200ms")}\n\n${CHECK}`;
    const ran = await execute(markdown, {
      http: {
        request: async (_node, { signal }) => {
          sent += 1;
          return await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
        },
      },
    });
    expect(ran.outcome("creer")).toMatchObject({
      status: "passed",
      judgements: [{ expected: "l’action faite une seule fois" }],
    });
    expect(sent).toBe(1);
  });

  it("is not sent again by `retry`, which would repeat blindly", async () => {
    const { ran, sent } = await lost(ACTION("retry=3"), true);
    expect(ran.outcome("creer")).toMatchObject({ status: "errored", code: ANSWER_LOST });
    expect(sent).toBe(1);
  });
});
