import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { auditEnvironment } from "../../../engine/audit/environment.ts";
import { openRun } from "../../../engine/evidence/index.ts";
import type { Event, NodeIdentified, RunStarted } from "../../../engine/model/event.ts";
import { writeFullRun } from "../../support/sealed-run.ts";

const root = await mkdtemp(join(tmpdir(), "constat-test-"));
const { events } = await openRun(await writeFullRun(root, "essai")).finally(() => rm(root, { recursive: true }));

function withNode(change: Partial<NodeIdentified>): readonly Event[] {
  return events.map((event) => (event.type === "node-identified" ? { ...event, ...change } : event));
}

function withStart(change: Partial<RunStarted>): readonly Event[] {
  return events.map((event) => (event.type === "run-started" ? { ...event, ...change } : event));
}

const found = (of: readonly Event[]) => auditEnvironment(of).map(({ rule, subject, text }) => [rule, subject, text]);
const clock = (aheadMs: number, withinMs = 10) => ({ clock: { aheadMs, withinMs, method: "date +%s.%N" } });
const started = events.find((event) => event.type === "run-started") as RunStarted;

describe("auditEnvironment()", () => {
  it("finds nothing where machines, clocks and tools are recorded", () => {
    expect(found(events)).toEqual([]);
  });

  it.each<[string, readonly Event[], string, string]>([
    ["a machine without host key", withNode({ hostKey: undefined }), "environment-missing", "clé d’hôte"],
    ["a machine without clock", withNode({ clock: undefined }), "environment-missing", "horloge"],
    [
      "a machine without machine-id",
      withNode({ facts: { hostname: "pve1", kernel: "6" } }),
      "environment-missing",
      "machine-id",
    ],
    ["fonts and browser not recorded", withStart({ tools: undefined }), "environment-missing", "polices"],
    [
      "pictures by a browser that nobody knows",
      withStart({
        tools: { browser: null, fonts: [{ file: "a.ttf", sha256: "0".repeat(64) }] },
        steps: started.steps.map((step) => ({ ...step, kind: "browser" })),
      }),
      "environment-missing",
      "navigateur",
    ],
    [
      "steps on a machine that said nothing of itself",
      events.filter(({ type }) => type !== "node-identified"),
      "node-unidentified",
      "quelle machine",
    ],
    ["a clock that is ahead", withNode(clock(7_200_000)), "node-clock", "en avance"],
    [
      "another machine of the same name, when the run was resumed",
      [...events, ...withNode({ hostKey: "SHA256:autre" }).filter(({ type }) => type === "node-identified")],
      "node-changed",
      "plus la même machine : sa clé d’hôte ssh a changé",
    ],
    ["a clock that is behind", withNode(clock(-9_000, 1_000)), "node-clock", "en retard d’au moins 8 s"],
  ])("names %s", (_, changed, rule, words) => {
    expect(found(changed)).toEqual([[rule, expect.any(String), expect.stringContaining(words)]]);
  });

  it.each([
    ["surely off by less than five seconds", withNode(clock(6_000, 2_000))],
    [
      "a laboratory's",
      withNode(clock(7_200_000)).map((event) =>
        event.type === "run-started"
          ? { ...event, inventory: { ...event.inventory, simulated: "laboratoire" } }
          : event,
      ),
    ],
  ])("says nothing of a clock that is %s", (_, changed) => {
    expect(found(changed)).toEqual([]);
  });
});
