import { describe, expect, it } from "vitest";
import { openRun } from "../../../engine/evidence/index.ts";
import { execute } from "../../support/executed-run.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const CHECK = "```bash {#fait .check on=pve1}\ntest -e x\n```";
const ACTION = '```bash {#faire .action on=pve1 unless=#fait capture="création"}\ntouch x\n```';
const TEXT = `${ACTION}\n\n[ Capture : création ]\n\n${CHECK}`;

function machine() {
  let made = false;
  return (script: string) => {
    if (script === "touch x") made = true;
    return { code: script === "test -e x" && !made ? 1 : 0, stdout: script === "touch x" ? "créé\n" : "" };
  };
}

describe("a placeholder", () => {
  it("is filled by the step that passed, with the attempt that counts", async () => {
    const ran = await execute(TEXT, { machine: machine() });
    const filled = ran.events.flatMap((event) => (event.type === "placeholder-filled" ? [event] : []));
    expect(filled).toHaveLength(1);
    expect(filled[0]).toMatchObject({ step: "faire", attempts: [2], figure: { type: "terminal", targets: ["pve1"] } });
    expect(ran.finished.placeholders).toEqual({ expected: 1, filled: 1 });
  });

  it("is not filled by a step that failed", async () => {
    const ran = await execute(TEXT, { machine: () => ({ code: 1 }) });
    expect(ran.events.some(({ type }) => type === "placeholder-filled")).toBe(false);
    expect(ran.finished.placeholders).toEqual({ expected: 1, filled: 0 });
  });

  it("of a state that is past is filled with the figure of an earlier run, which keeps its date", async () => {
    const root = await tempFolder();
    const there = machine();
    const first = await execute(TEXT, { machine: there, root, name: "avant" });
    const record = await openRun(first.folder);
    const earlier = { record, head: "f".repeat(64) };
    const second = await execute(TEXT, { machine: there, root, name: "apres", earlier });
    expect(second.statuses["faire"]).toBe("satisfied");
    const [reused] = second.events.flatMap((event) => (event.type === "figure-reused" ? [event] : []));
    const filled = first.events.find((event) => event.type === "placeholder-filled");
    expect(reused).toMatchObject({
      from: { run: "avant", head: "f".repeat(64), at: filled?.at, seq: filled?.seq },
      sent: "touch x",
      target: "pve1",
    });
    const copy = await openRun(second.folder);
    const bytes = await Promise.all((reused?.artefacts ?? []).map(({ path }) => copy.read(path)));
    expect(bytes[0]?.toString()).toBe("créé\n");
    const again = await openRun(second.folder);
    const third = await execute(TEXT, {
      machine: there,
      root,
      name: "encore",
      earlier: { record: again, head: "e".repeat(64) },
    });
    const [kept] = third.events.flatMap((event) => (event.type === "figure-reused" ? [event] : []));
    expect(kept?.from.run).toBe("avant");
  });

  it("stays empty when the earlier figure is not what its run recorded, and the run ends all the same", async () => {
    const root = await tempFolder();
    const there = machine();
    const first = await execute(TEXT, { machine: there, root, name: "avant" });
    const record = await openRun(first.folder);
    const changed = { ...record, read: async () => Buffer.from("autre chose") };
    const second = await execute(TEXT, {
      machine: there,
      root,
      name: "apres",
      earlier: { record: changed, head: "f" },
    });
    expect(second.events.some(({ type }) => type === "figure-reused")).toBe(false);
    expect(second.finished.placeholders.filled).toBe(0);
    expect(second.events.at(-1)?.type).toBe("run-finished");
  });
});

describe("homogeneity", () => {
  it.each([
    ["bash", "the same", () => "x\n", true],
    ["bash", "different", (target: string) => `${target}\n`, false],
  ] as const)("of %s answers that are %s", async (_, __, stdout, verdict) => {
    const ran = await execute("```bash {#a .check on=@noeuds}\ntrue\n```", {
      machine: (_script, target) => ({ stdout: stdout(target) }),
    });
    const end = ran.events.find((event) => event.type === "step-finished");
    expect(end?.type === "step-finished" && end.homogeneous).toBe(verdict);
  });

  it("is not claimed of pages, whose pictures nobody compared", async () => {
    const text = "```yaml {#a .browser .check on=@noeuds}\nopen: https://127.0.0.1/\nexpect: [{ text: x }]\n```";
    const ran = await execute(text, {
      browser: { shoot: async () => ({ status: "unsettled", unmet: ["x"], shot: undefined }) },
    });
    const end = ran.events.find((event) => event.type === "step-finished");
    expect(end?.type === "step-finished" && end.homogeneous).toBe(null);
  });
});
