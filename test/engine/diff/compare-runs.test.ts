import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compareRuns, toJson } from "../../../engine/diff/index.ts";
import { type DiffSpec, diffOf, plainOptions, printed, writtenRun } from "../../support/diff-runs.ts";
import type { StepSpec } from "../../support/run-folder-spec.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const failed = (reason: string) => ({ status: "failed", reason, judgements: [] }) as const;

describe("compareRuns()", () => {
  it("finds no difference between a run and its like, and says how much it compared", async () => {
    const spec: DiffSpec = { steps: [printed("a", "un\n"), printed("b", "deux\n")] };
    const difference = await diffOf(spec, spec);
    expect(difference.different).toBe(false);
    expect(difference.compared).toEqual({ steps: 2, answers: 2, figures: 0, ignored: 0 });
  });

  it("takes a run that was resumed and has not ended since for unfinished", async () => {
    const root = await tempFolder();
    const spec: DiffSpec = { steps: [printed("a", "un\n")] };
    const [before, after] = [await writtenRun(root, "avant", spec), await writtenRun(root, "apres", spec)];
    const { events } = after.record;
    const envelope = { v: 1, seq: events.length + 1, at: "2026-11-22T12:00:00.000Z", prev: "0" } as const;
    const resumed = { ...envelope, type: "run-resumed", by: { user: "u", host: "h" }, cut: 0 } as const;
    const record = { ...after.record, events: [...events, resumed] };
    const difference = await compareRuns(before, { ...after, record }, plainOptions());
    expect(difference.before.finishedAt).not.toBeNull();
    expect(difference.after.finishedAt).toBeNull();
  });

  it("compares two runs without any step", async () => {
    const difference = await diffOf({ steps: [] }, { steps: [] });
    expect(difference.different).toBe(false);
    expect(difference.compared.steps).toBe(0);
  });

  it("tells the facts of the heads that differ, and which of them never count", async () => {
    const steps = [printed("a", "un\n")];
    const inventory = { name: "site", simulated: null, file: "ailleurs.yaml" };
    const { facts, different } = await diffOf({ steps }, { steps, engine: { version: "0.2.0" }, inventory });
    expect(different).toBe(true);
    expect(facts.map(({ fact, before, after, counts }) => [fact, before, after, counts])).toEqual([
      ["moteur", "constat 0.1.0", "constat 0.2.0", true],
      ["inventaire", "laboratoire", "site", true],
      ["inventaire, fichier", "runbooks/inventory/lab.yaml", "ailleurs.yaml", false],
      ["site simulé", "laboratoire simulé", "non", true],
    ]);
  });

  it("tells the lines of a runbook that differ, and a runbook that is new", async () => {
    const runbook = (text: string, file = "03-essai.md") => ({ file, text, chapter: 3, title: "3. Essai" });
    const { sources, different } = await diffOf(
      { steps: [], runbooks: [runbook("# 3. Essai\n\nun\n")] },
      { steps: [], runbooks: [runbook("# 3. Essai\n\ndeux\n"), runbook("# 4\n", "04.md")] },
    );
    expect(different).toBe(true);
    expect(sources.map(({ file, status, text }) => [file, status, text?.removed, text?.added])).toEqual([
      ["03-essai.md", "changed", 1, 1],
      ["04.md", "new", undefined, undefined],
    ]);
  });

  it("tells the lines of an inventory that differ, but not the ports of the loopback", async () => {
    const site = (name: string, port: number) => `nom: ${name}\nnodes:\n  pve1: { ssh: 127.0.0.1:${port} }\n`;
    const [before, after] = [
      { steps: [], inventoryText: site("a", 41_789) },
      { steps: [], inventoryText: site("a", 44_413) },
    ];
    const alike = await diffOf(before, after);
    expect([alike.different, alike.sources.map(({ text }) => text?.ignored)]).toEqual([false, [1]]);
    expect((await diffOf(before, { steps: [], inventoryText: site("b", 44_413) })).different).toBe(true);
  });

  it("tells steps that are new, gone, elsewhere, or ended otherwise", async () => {
    const skipped = { status: "skipped", because: "declined", reason: "Refusé." } as const;
    const { steps } = await diffOf(
      { steps: [printed("a", ""), printed("b", ""), printed("c", ""), printed("parti", "")] },
      { steps: [printed("c", ""), printed("a", ""), { id: "b", chapter: 3, outcome: skipped }, printed("venu", "")] },
    );
    expect(
      steps.map(({ step, status, details }) => [
        step,
        status,
        ...details.map((each) => `${each.what} : ${each.before} → ${each.after}`),
      ]),
    ).toEqual([
      ["c", "moved", "place : n° 3, après #b → n° 1"],
      ["b", "changed", "issue : réussie → refusée par l’opérateur"],
      ["venu", "new", "issue :  → réussie"],
      ["parti", "gone", "issue : réussie → "],
    ]);
  });

  it("tells what was sent and answered otherwise, and another reason of the same failure", async () => {
    const tried = (sent: string, answer: string, reason: string): StepSpec => ({
      id: "a",
      chapter: 3,
      tries: [{ sent, answer, outcome: failed(reason) }],
    });
    const { steps } = await diffOf(
      { steps: [tried("df -h", "exit 1", "code 1")] },
      { steps: [tried("df -k", "exit 2", "code 2")] },
    );
    expect(steps[0]?.details.map(({ what, before, after }) => [what, before, after])).toEqual([
      ["raison", "code 1", "code 2"],
      ["envoyé à pve1", "df -h", "df -k"],
      ["réponse de pve1", "exit 1", "exit 2"],
    ]);
  });

  it("says that a run was not finished, and which steps never ended", async () => {
    const whole = { steps: [printed("a", "un\n"), printed("b", "deux\n")] };
    const cut: DiffSpec = {
      unfinished: true,
      steps: [printed("a", "un\n"), printed("b", "deux\n", { outcome: "pending" })],
    };
    const { steps, after, different } = await diffOf(whole, cut);
    expect([after.finishedAt, different]).toEqual([null, true]);
    expect(steps.map(({ step, details }) => [step, details[0]?.after])).toEqual([["b", "non menée à sa fin"]]);
  });

  it("says what it could not compare: a file that is gone, a file that was changed", async () => {
    const root = await tempFolder();
    const spec = (text: string): DiffSpec => ({ steps: [printed("a", `a ${text}\n`), printed("b", `b ${text}\n`)] });
    const [old, now] = [await writtenRun(root, "avant", spec("1")), await writtenRun(root, "apres", spec("2"))];
    await rm(join(root, "avant/data/terminal/bloc-001.out"));
    await writeFile(join(root, "apres/data/terminal/bloc-002.out"), "b 1\n");
    const { answers, different } = await compareRuns(old, now, plainOptions());
    expect(different).toBe(true);
    expect(answers.map(({ compared }) => compared.type === "uncompared" && compared.reason)).toEqual([
      "ancienne : terminal/bloc-001.out manque dans le dossier",
      "nouvelle : terminal/bloc-002.out n’a plus l’empreinte que le journal lui connaît",
    ]);
  });

  it("is never without difference when an audit found damage", async () => {
    const root = await tempFolder();
    const spec = { steps: [printed("a", "un\n")] };
    const [old, now] = [await writtenRun(root, "avant", spec), await writtenRun(root, "apres", spec)];
    const damage = [
      { rule: "journal-chain", severity: "error", subject: "ligne 3", text: "rompue", remedy: "" },
    ] as const;
    const difference = await compareRuns({ ...old, damage }, now, plainOptions());
    expect([difference.different, difference.before.damage]).toEqual([true, damage]);
  });

  it("refuses a journal that begins with no run", async () => {
    const root = await tempFolder();
    const run = await writtenRun(root, "avant", { steps: [] });
    const record = { ...run.record, events: [] };
    await expect(compareRuns({ record, damage: [] }, run, plainOptions())).rejects.toMatchObject({
      code: "DIFF_NO_RUN",
    });
  });

  it("stops when it is interrupted", async () => {
    const spec = { steps: [printed("a", "un\n")] };
    const signal = AbortSignal.abort(new Error("stop"));
    await expect(diffOf(spec, spec, { signal })).rejects.toThrow("stop");
  });
});

describe("toJson()", () => {
  it("holds every difference and no equal line", async () => {
    const difference = await diffOf({ steps: [printed("a", "x\nun\n")] }, { steps: [printed("a", "x\ndeux\n")] });
    const json = JSON.stringify(toJson(difference));
    expect(JSON.parse(json)).toMatchObject({ format: "constat-diff", version: 1, different: true });
    expect(json).toContain('"text":"un"');
    expect(json).not.toContain('"text":"x"');
  });
});
