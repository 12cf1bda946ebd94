import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { openRun } from "../../engine/evidence/index.ts";
import type { Event } from "../../engine/model/event.ts";
import { buildReport } from "../../engine/report/index.ts";
import { nodeOf } from "../../lab/state/world.ts";
import { type LabProject, latestEvents, startLabProject, stepStatuses } from "../support/lab-run.ts";
import { PDF_RULES } from "../support/pdf-rules.ts";
import type { CliResult } from "../support/run-cli.ts";
import { validatePdf, validatorLacks } from "../support/validate-pdf.ts";

const FULL = process.env["CONSTAT_TESTS"] === "full";
const DIALECTS = FULL ? (["9", "8.4"] as const) : (["9"] as const);

const RUNBOOKS = join(import.meta.dirname, "../../runbooks");

/** Where a report that begins with this chapter starts. */
const SCENARIO: Readonly<Record<number, string>> = { 1: "serveur-nu", 3: "trois-noeuds" };

const SCOPE: readonly number[] = parse(readFileSync(join(RUNBOOKS, "rapport.yaml"), "utf8")).chapitres;

/** The runbooks in scope, in the report's order. */
const TEXTS = readdirSync(RUNBOOKS)
  .filter((name) => SCOPE.includes(Number(name.slice(0, 2))) && name.endsWith(".md"))
  .toSorted()
  .map((name) => readFileSync(join(RUNBOOKS, name), "utf8"));

/** What their authors ask for, read without the engine. */
const CAPTIONS = TEXTS.flatMap((text) => [...text.matchAll(/^\[ Capture : (.+) \]$/gm)].map(([, caption]) => caption));

/** Every action that has a guard: a second run must find each of them done. */
const GUARDED = TEXTS.flatMap((text) =>
  [...text.matchAll(/^```\w+ \{#([\w-]+) (.*\.action.* unless=.*)\}$/gm)].map(([, id = ""]) => id),
);

// The tests build on one another as a person's days do: run everything, look, audit, run everything again.
describe.each(DIALECTS)("the whole report on the lab of Proxmox VE %s", (dialect) => {
  let project: LabProject;
  let first: CliResult;
  let events: readonly Event[];
  let firstRun: string;

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "constat-e2e-"));
    const scenario = SCENARIO[Math.min(...SCOPE)];
    if (scenario === undefined) throw new Error(`no scenario starts at chapter ${Math.min(...SCOPE)}`);
    project = await startLabProject(folder, { dialect, scenario, chapters: SCOPE });
    first = await project.constat("run", "runbooks", "--yes");
    events = await latestEvents(folder).catch(() => []);
    firstRun = await realpath(join(folder, "output", "latest")).catch(() => "");
  }, 600_000);

  afterAll(async () => {
    await project.lab.stop();
    await rm(project.folder, { recursive: true, force: true });
  });

  it("runs the chapters one after the other, and fills every placeholder in the report's order of captions", () => {
    expect(first.code, `${first.stdout}\n${first.stderr}`).toBe(0);
    expect(CAPTIONS).toHaveLength(49);
    const started = events.find((event) => event.type === "run-started");
    expect(started?.placeholders.map(({ caption }) => caption)).toEqual(CAPTIONS);
    const filled = events.flatMap((event) => (event.type === "placeholder-filled" ? [event.placeholder] : []));
    expect(filled.toSorted()).toEqual(started?.placeholders.map(({ id }) => id).toSorted());
  });

  it("fills none of them by a stand-in: each was seen in this run by the engine, and its data was judged", () => {
    expect(events.filter((event) => event.type === "figure-reused")).toEqual([]);
    expect(events.filter((event) => event.type === "placeholder-filled")).toHaveLength(CAPTIONS.length);
    for (const event of events) {
      if (event.type !== "placeholder-filled") continue;
      const attempts = events.flatMap((other) =>
        other.type === "attempt-finished" && event.attempts.includes(other.attempt) ? [other] : [],
      );
      expect(attempts.length, event.placeholder).toBeGreaterThan(0);
      for (const { outcome, artefacts } of attempts) {
        expect(artefacts.map(({ role }) => role)).not.toContain("attestation");
        expect(outcome.status === "passed" ? outcome.judgements.length : 0, event.placeholder).toBeGreaterThan(0);
      }
    }
  });

  it("leaves evidence in which an audit finds nothing", async () => {
    const { code, stdout } = await project.constat("audit", "--no-render", firstRun);
    expect(stdout).toContain(`Figures ${CAPTIONS.length}/${CAPTIONS.length}`);
    expect(code, stdout).toBe(0);
  });

  // Minutes of decoding pictures and of a validator: the shorter suite asks the same of a small report.
  if (FULL)
    it("prints a report in which no rule is broken, PDF/A-3a and PDF/UA-1", async () => {
      const data = join(firstRun, "data");
      const printed = { pdf: join(data, "rapport.pdf"), report: await buildReport(await openRun(firstRun)), data };
      for (const [rule, broken] of Object.entries(PDF_RULES)) expect([rule, await broken(printed)]).toEqual([rule, []]);
      expect(await validatorLacks()).toBe("");
      const judged = await validatePdf(printed.pdf, "3a", "ua1");
      expect(judged.map(({ flavour, compliant, broken }) => [flavour, compliant, broken])).toEqual([
        ["3a", true, []],
        ["ua1", true, []],
      ]);
    }, 900_000);

  // Each chapter is run again in its own test, too.
  if (FULL)
    it("finds everything done when it is run again, and keeps the pictures of what is no more with their own date", async () => {
      const before = stateOf(project);
      const began = new Date().toISOString();
      const second = await project.constat("run", "runbooks", "--yes", "--reuse", firstRun);
      expect(second.code, `${second.stdout}\n${second.stderr}`).toBe(0);
      const statuses = await stepStatuses(project.folder);
      expect(GUARDED.length).toBeGreaterThan(50);
      const redone = GUARDED.filter((id) => statuses[id] !== "satisfied" && statuses[id] !== "not-chosen");
      expect(redone).toEqual([]);
      expect(stateOf(project)).toEqual(before);
      const again = await latestEvents(project.folder);
      const reused = again.flatMap((event) => (event.type === "figure-reused" ? [event] : []));
      const seen = again.filter((event) => event.type === "placeholder-filled");
      expect(reused.length).toBeGreaterThan(0);
      expect(reused.length + seen.length).toBe(CAPTIONS.length);
      const html = await readFile(join(project.folder, "output/latest/data/rapport.html"), "utf8");
      for (const { from } of reused) {
        expect(from.at < began).toBe(true);
        expect(html).toContain(from.run);
      }
    }, 600_000);
});

/** What a run could change: who is a member, what guests there are and where, which network and storage, and every task that was started. */
function stateOf({ lab }: LabProject): unknown {
  const { database } = nodeOf(lab.world, "pve1");
  const { ceph, corosync, storages } = database;
  return structuredClone([
    [corosync, storages, ceph.mons.map(({ name }) => name), ceph.osds.map(({ node }) => node), ceph.pools],
    [...lab.world.nodes.values()].map(({ name, certificate, guests, sdn, tasks }) => [
      [name, certificate.fingerprint, sdn.links, tasks.map(({ type, id }) => [type, id])],
      [...guests].map(([vmid, { config, status }]) => [vmid, status, [...config]]),
    ]),
  ]);
}
