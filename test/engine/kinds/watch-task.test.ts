import { describe, expect, it } from "vitest";
import { taskProgress } from "../../../engine/kinds/watch/task-progress.ts";
import { observe, shot } from "./watch-site.ts";

describe("taskProgress()", () => {
  it.each<[string, readonly string[], number | undefined]>([
    ["nothing yet", [], undefined],
    ["a log without progress", ["2026-11-22 10:03:24 set migration parameters"], undefined],
    [
      "the memory of a migration",
      ["2025-01-04 00:34:32 migration active, transferred 1.1 GiB of 4.0 GiB VM-state, 399.1 MiB/s"],
      27.5,
    ],
    ["two units", ["2026-11-22 10:15:11 migration active, transferred 515.4 MiB of 12.6 GiB VM-state, 447.0 MiB/s"], 4],
    [
      "a guest that writes faster than it is copied",
      ["2025-01-04 00:34:32 migration active, transferred 6.0 GiB of 4.0 GiB VM-state, 399.1 MiB/s"],
      100,
    ],
    ["a disk", ["drive-scsi0: transferred 1.0 GiB of 32.0 GiB (3.12%) in 10s"], 3.1],
    ["a backup", ["INFO:  12% (4.0 GiB of 32.0 GiB) in 10s, read: 4.0 MiB/s, write: 4.0 MiB/s"], 12],
    ["a restore", ["progress 47% (read 4294967296 bytes, duration 10 sec)"], 47],
    ["the latest of several", ["progress 47% (read 1 bytes)", "progress 48% (read 2 bytes)", "rescan volumes..."], 48],
  ])("reads %s", (_what, lines, perCent) => {
    expect(taskProgress(lines)).toBe(perCent);
  });
});

const UPID = "UPID:pve1:000052CD:000052CD:692304B2:qmigrate:100:root@pam:";
const OLD = "UPID:pve1:00000001:00000001:60000000:qmigrate:100:root@pam:";
const OTHER = "UPID:pve1:00000002:00000002:692304B2:qmigrate:101:root@pam:";
const row = (upid: string, id: string, starttime: number, endtime?: number) => ({
  ...{ upid, id, starttime, node: "pve1", type: "qmigrate", user: "root@pam" },
  ...(endtime === undefined ? { pid: 1 } : { endtime, status: "OK" }),
});
const sent = (perCent: number) =>
  `2026-11-22 10:03:24 migration active, transferred ${perCent}.0 MiB of 100.0 MiB VM-state, 1.0 MiB/s`;

/** A node whose migration of VM 100 begins at the second look, with so many lines of its log more at each one after. */
function migrating(steps: readonly (readonly string[])[]): (url: string) => unknown {
  let looks = 0;
  const lines: string[] = [];
  return (url) => {
    if (url.includes("/log")) {
      lines.push(...(steps[looks - 2] ?? []));
      looks += 1;
      const from = Number(/start=(\d+)/.exec(url)?.[1]);
      const rows = lines.map((t, index) => ({ n: index + 1, t })).slice(from);
      return rows.length === 0 && from === 0 ? [{ n: 1, t: "no content" }] : rows;
    }
    if (looks < 2) looks += 1;
    const old = [row(OLD, "100", 1, 2), row(OTHER, "101", 900)];
    return looks < 2 ? old : [...old, row(UPID, "100", 800)];
  };
}

const body = (when: string, more = "") =>
  `every: 100ms\nwithin: 1500ms\nsamples: [{ task: qmigrate, id: 100, name: migration }]\nshots:\n  - when: ${when}\n    capture: à moitié\n    view: vm/100/summary\n    expect: [{ row: { a: 1 } }]\n${more}`;
const caption = "[ Capture : à moitié ]";

describe("watch.execute() on a task", () => {
  it("tells the progress of the task that began while it looked, and no other's", async () => {
    const get = migrating([[], [sent(10)], [sent(30)], [sent(80)], ["migration status: completed", "TASK OK"]]);
    const { outcome, timeline, recorder } = await observe(
      'every: 100ms\nwithin: 5s\nuntil: { of: migration, path: "$.exitstatus", equals: OK }\nsamples: [{ task: qmigrate, id: 100, name: migration }]',
      { get },
    );
    expect(outcome.status).toBe("passed");
    const [source] = timeline?.sources ?? [];
    expect(source).toMatchObject({ what: "task", subject: "qmigrate 100", from: "pve1" });
    expect(source?.points.flatMap(({ value }) => value ?? [])).toEqual([10, 30, 80, 100]);
    expect(timeline?.interruptions).toEqual([]);
    // What is printed is the same from run to run; the values are in the time line.
    const told = recorder.stdout
      .join("")
      .split("\n")
      .map((line) => line.replace(/^\+ *\S+ s +/, ""));
    expect(told.slice(0, 3)).toEqual([
      "migration répond : pas de tâche",
      "migration : tâche en cours",
      "migration : tâche terminée, OK",
    ]);
  });

  it("takes the picture of a progress that went past between two looks, and says what it was", async () => {
    const get = migrating([[sent(30)], [sent(55), sent(80)]]);
    const { outcome, shots, timeline } = await observe(
      body("{ of: migration, min: 50 }"),
      { get, shoot: () => shot(true) },
      undefined,
      caption,
    );
    const judgements = outcome.status === "passed" ? outcome.judgements : [];
    expect(judgements).toMatchObject([
      { ok: true, obtained: expect.stringMatching(/^prise entre \+ .* \(migration : 80\) et/) },
    ]);
    // The picture carries its own instant and the values at that instant.
    expect(shots?.["à moitié"]).toMatchObject({ at: expect.stringMatching(/Z$/), judgements: [{}, judgements[0]] });
    expect(timeline?.marks).toMatchObject([{ type: "shot", text: expect.stringContaining("(migration : 80)") }]);
  });

  it("takes no picture for that moment when it was over before the picture was there", async () => {
    const get = migrating([[sent(30)], [sent(60)], ["TASK OK"]]);
    const shoot = async () => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      return shot(true);
    };
    const { outcome, shots } = await observe(
      body("{ of: migration, min: 50, max: 99 }"),
      { get, shoot },
      undefined,
      caption,
    );
    expect(outcome).toMatchObject({
      status: "failed",
      reason: expect.stringMatching(
        /ne tenait plus .*\(migration : 60 à \+ .*, migration : 100 à \+ .*dernières mesures : migration : 100/,
      ),
    });
    expect(shots).toEqual({});
  });

  it("says the last value when the moment never came", async () => {
    const get = migrating([[sent(30)], [sent(41)], ["TASK ERROR: migration aborted"]]);
    const { outcome } = await observe(body("{ of: migration, min: 50 }"), { get }, undefined, caption);
    expect(outcome).toMatchObject({
      status: "failed",
      reason: expect.stringMatching(/jamais venu ; dernières mesures : migration : 41/),
    });
  });

  it("has nothing to say of a task that never began", async () => {
    const get = () => [row(OLD, "100", 1, 2)];
    const { outcome, timeline } = await observe(body("{ of: migration, min: 50 }"), { get }, undefined, caption);
    expect(outcome).toMatchObject({
      status: "failed",
      reason: expect.stringContaining("migration : répond, aucune valeur"),
    });
    expect(timeline?.sources[0]?.points[0]).toMatchObject({ state: "ok" });
  });

  it.each([
    ["an API that refuses", () => 403, "HTTP 403"],
    ["an answer of another form", () => ({ a: 1 }), "liste des tâches"],
  ])("counts %s as silence", async (_what, get, reason) => {
    const { timeline } = await observe("within: 200ms\nsamples: [{ task: qmigrate }]", { get });
    expect(timeline?.sources[0]?.points[0]).toMatchObject({
      state: "failed",
      reason: expect.stringContaining(reason),
    });
  });
});
