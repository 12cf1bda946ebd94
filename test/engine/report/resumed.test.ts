import { describe, expect, it } from "vitest";
import { openRun } from "../../../engine/evidence/index.ts";
import type { Event, EventBody } from "../../../engine/model/event.ts";
import type { Report } from "../../../engine/model/report.ts";
import { buildReport } from "../../../engine/report/index.ts";
import { faceOf, oneChapter } from "../../support/read-report.ts";
import { writeRunFolder } from "../../support/run-folder.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const HOUR = 3_600_000;

/** A step that failed, and passed when another person went on with the run a day later. */
async function resumed(): Promise<Report> {
  const text = "```bash {#a .check on=pve1}\ntrue\n```";
  const failed = { status: "failed", reason: "non", judgements: [] } as const;
  const steps = [{ id: "a", tries: [{ sent: "true", outcome: failed }, { sent: "true" }] }];
  const record = await openRun(await writeRunFolder(oneChapter(await tempFolder(), text, steps)));
  const second = record.events.findIndex((event) => event.type === "attempt-started" && event.attempt === 2);
  const body: EventBody = { type: "run-resumed", by: { user: "benoit", host: "poste" }, cut: 0 };
  const later = ({ at }: Event) => new Date(Date.parse(at) + 24 * HOUR).toISOString();
  const [before, after] = [record.events.slice(0, second), record.events.slice(second)];
  const [next] = after;
  if (next === undefined) throw new Error("no second try");
  const events = [
    ...before,
    { ...next, ...body, at: later(next) },
    ...after.map((each) => ({ ...each, at: later(each) })),
  ];
  return await buildReport({ ...record, events: events as readonly Event[] });
}

describe("the report of a run that was resumed", () => {
  it("says who went on with it, when, and since when it had stood still", async () => {
    const report = await resumed();
    expect(report.run.resumed).toEqual([
      { since: expect.stringMatching(/^2026-11-22/), at: expect.stringMatching(/^2026-11-23/), by: "benoit@poste" },
    ]);
    const page = await faceOf(report, "html");
    expect(page).toMatch(/Reprise<\/th><td>23\/11\/2026[^<]*, benoit@poste \(à l’arrêt depuis 22\/11\/2026/);
  });

  it("does not call that time the step's", async () => {
    const { course, run } = await resumed();
    expect(run.durationMs).toBeGreaterThan(23 * HOUR);
    expect(course.longest?.html).toContain("a");
    expect(course.longest?.html).not.toMatch(/2[34].h/);
  });
});
