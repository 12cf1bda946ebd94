import { describe, expect, it } from "vitest";
import { shell } from "../../../engine/kinds/shell.ts";
import type { ShellEnd, ShellRequest } from "../../../engine/transports/port.ts";
import { blockOf, KeptRecorder, portsOf, taskOf } from "../../support/kind-task.ts";

function answering(stdout: string, end: ShellEnd = { status: "exited", code: 0 }) {
  const requests: ShellRequest[] = [];
  const ports = portsOf({
    shell: (request) => {
      requests.push(request);
      request.onOutput("stdout", Buffer.from(stdout));
      return end;
    },
  });
  return { ports, requests };
}

describe("shell.execute()", () => {
  it.each([
    ["exit 0 and no expectation", "", { status: "exited", code: 0 }, "", "passed", "exit 0"],
    ["a code that is not allowed", "", { status: "exited", code: 2 }, "", "failed", "exit 2"],
    ["a code that is expected", "", { status: "exited", code: 2 }, "#| exit: [2]\n", "passed", "exit 2"],
    [
      "an expectation that holds",
      "Quorate:          Yes\n",
      { status: "exited", code: 0 },
      "#| expect: /Quorate:\\s+Yes/\n",
      "passed",
      "exit 0",
    ],
    [
      "an expectation that does not",
      "Quorate:          No\n",
      { status: "exited", code: 0 },
      "#| expect: /Quorate:\\s+Yes/\n",
      "failed",
      "exit 0",
    ],
    ["a signal", "", { status: "signalled", signal: "KILL" }, "", "failed", "signal KILL"],
    ["a lost connection", "", { status: "lost", reason: "reset" }, "", "failed", "connexion perdue"],
  ] as const)("judges %s", async (_, stdout, end, settings, status, answer) => {
    const block = blockOf(`\`\`\`bash {#a .check on=pve1}\n${settings}true\n\`\`\``);
    const result = await shell.execute(taskOf(block), answering(stdout, end).ports, new KeptRecorder());
    expect([result.outcome.status, result.answer]).toEqual([status, answer]);
  });

  it.each(["#| expect: fin\n", "#| save: { x: /fin=(\\w+)/ }\n"])(
    "judges no output with a gap by %j",
    async (settings) => {
      const block = blockOf(`\`\`\`bash {#a .check on=pve1}\n${settings}true\n\`\`\``);
      const ports = portsOf({
        shell: ({ onOutput }) => {
          for (const piece of [
            Buffer.alloc(12 << 20, `${"a".repeat(1023)}\n`),
            Buffer.alloc(12 << 20, "b"),
            Buffer.from("fin\nfin=7\n"),
          ])
            onOutput("stdout", piece);
          return { status: "exited", code: 0 };
        },
      });
      const { outcome } = await shell.execute(taskOf(block), ports, new KeptRecorder());
      expect(outcome).toMatchObject({ status: "failed" });
      expect(JSON.stringify(outcome)).toContain("plus de 16 Mo");
    },
  );

  it("gives the script only the values that it names, and never writes them into it", async () => {
    const block = blockOf('```bash {#a .action on=pve1}\necho "$nom" "$nodes_pve1_address"\n```');
    const { ports, requests } = answering("");
    await shell.execute(
      taskOf(block, { nom: "a'b; rm -rf /", "nodes.pve1.address": "10.202.4.31", autre: "x" }),
      ports,
      new KeptRecorder(),
    );
    expect(requests[0]?.script).toBe('echo "$nom" "$nodes_pve1_address"');
    expect(requests[0]?.environment).toEqual({ nom: "a'b; rm -rf /", nodes_pve1_address: "10.202.4.31" });
  });

  it("answers prompts with secrets by name, on a terminal as wide as the page", async () => {
    const block = blockOf(
      '```bash {#a .action on=pve1}\n#| pty: true\n#| answers: { prompt: "password.*:", secret: mot }\nsu\n```',
    );
    const { ports, requests } = answering("");
    await shell.execute(taskOf(block), ports, new KeptRecorder());
    expect(requests[0]?.answers).toEqual([{ prompt: /password.*:/, answer: "MOT" }]);
    expect(requests[0]?.pty).toEqual({ columns: 105, rows: 40 });
  });

  it("saves values, and fails when one is not there", async () => {
    const block = blockOf("```bash {#a .check on=pve1}\n#| save: { fp: '/fp=(\\S+)/' }\nx\n```");
    expect((await shell.execute(taskOf(block), answering("fp=AB:CD\n").ports, new KeptRecorder())).saved).toEqual({
      fp: "AB:CD",
    });
    const failed = await shell.execute(taskOf(block), answering("rien\n").ports, new KeptRecorder());
    expect(failed.outcome.status).toBe("failed");
    expect(failed.saved).toEqual({});
  });

  it("gives a terminal figure only when one is wanted", async () => {
    const block = blockOf("```bash {#a .check on=pve1}\nx\n```");
    const { ports } = answering("");
    expect((await shell.execute(taskOf(block, {}, true), ports, new KeptRecorder())).figure).toMatchObject({
      type: "terminal",
      step: "a",
    });
    expect((await shell.execute(taskOf(block), ports, new KeptRecorder())).figure).toBeNull();
  });
});

describe("shell.describe()", () => {
  it("shows the values that a script gets, spelled as one would type them", () => {
    const block = blockOf('```bash {#a .action on=pve1}\npvecm create "$cluster_nom"\n```');
    expect(shell.describe(block, { cluster_nom: "mon cluster" })).toBe(
      "cluster_nom='mon cluster'\npvecm create \"$cluster_nom\"",
    );
  });
});

describe("shell.inspect()", () => {
  it.each([
    ["an empty script", "```bash {#a .check on=pve1}\n\n```", "empty-script"],
    [
      "answers without a terminal",
      "```bash {#a .check on=pve1}\n#| answers: { prompt: x, answer: y }\nsu\n```",
      "answers-without-pty",
    ],
  ])("names %s", (_, fence, rule) => {
    expect(shell.inspect(blockOf(fence)).map((message) => message.rule)).toEqual([rule]);
  });
});
