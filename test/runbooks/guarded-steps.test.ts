import { describe, expect, test } from "vitest";
import { unguarded } from "./guarded-steps.ts";
import { readRunbooks, runbookOf } from "./read-runbooks.ts";

const runbooks = readRunbooks();

test.each(runbooks.map((runbook) => [runbook.file, runbook] as const))(
  "every step of %s has a time limit, and every change from chapter 3 on a guard and a verification",
  (_file, runbook) => {
    // A check over nothing would pass as well.
    expect(runbook.blocks.length).toBeGreaterThan(15);
    expect(runbook.blocks.filter(({ role }) => role === "action").length).toBeGreaterThan(0);
    expect(unguarded(runbook)).toEqual([]);
  },
);

/** The faults of a runbook of that one block, in a chapter. */
function faultsOf(fence: string, body: string, chapter = 3): readonly string[] {
  const text = `---\nconstat: 1\nchapitre: ${chapter}\n---\n\n# ${chapter}. Essai\n\n\`\`\`${fence}\n${body}\n\`\`\`\n`;
  return unguarded(runbookOf("09-essai.md", text)).map((each) => each.replace(/^09-essai\.md #\S+: /, ""));
}

describe("unguarded()", () => {
  test.each([
    ["a command that waits as long as it likes", "bash {#a .check on=pve1}", "true", ["no time limit of its own"]],
    ["a request", "http {#a .check on=pve1}", "GET /version", ["no time limit of its own"]],
    ["a watch without an end", "yaml {.watch #a .check on=pve1}", "every: 1s", ["no time limit of its own"]],
    ["a day", "bash {#a .check on=pve1 timeout=24h}", "true", ["a time limit that is none"]],
    [
      "a poll of a day",
      "bash {#a .check on=pve1 timeout=1m}",
      "#| until: { every: 1m, within: 24h }\ntrue",
      ["a wait that has no end"],
    ],
    ["a loop", "bash {#a .check on=pve1 timeout=1m}", "while true; do true; done", ["a loop that nothing ends"]],
    [
      "an action that nothing guards",
      "bash {#a .action on=pve1 timeout=1m}",
      "pvecm create x",
      ["an action without unless", "an action without verify"],
    ],
    [
      "an action that nothing verifies",
      "bash {#a .action on=pve1 timeout=1m unless=#b}",
      "pvecm create x",
      ["an action without verify"],
    ],
    [
      "a block that says neither what it is nor how long it takes",
      "bash {#a on=pve1}",
      "pvecm create x",
      ["no time limit of its own", "an action without unless", "an action without verify"],
    ],
  ] as const)("finds %s", (_what, fence, body, faults) => {
    expect(faultsOf(fence, body)).toEqual(faults);
  });

  test.each([
    ["a guarded action", "bash {#a .action on=pve1 timeout=1m unless=#b verify=#b}", "pvecm create x"],
    ["a limit that a site sets", "bash {#a .check on=pve1}", '#| timeout: "{{delai}}"\ntrue'],
    ["a picture", "yaml {#a .browser .check on=pve1}", "view: datacenter/cluster"],
    ["a person", "text {#a .manual .check on=pve1}", "Photographiez l’écran."],
  ] as const)("lets %s pass", (_what, fence, body) => {
    expect(faultsOf(fence, body)).toEqual([]);
  });
});
