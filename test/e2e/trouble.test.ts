import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRun } from "../../engine/evidence/index.ts";
import type { Event } from "../../engine/model/event.ts";
import { buildReport } from "../../engine/report/index.ts";
import {
  cephDegraded,
  expiredCertificate,
  type LabFault,
  nodeDown,
  noQuorum,
  slowApi,
  storageFull,
} from "../support/lab-faults.ts";
import { type LabProject, latestEvents, startLabProject } from "../support/lab-run.ts";
import { shortenBudgets } from "../support/short-budgets.ts";

interface Trouble {
  readonly chapter: number;
  readonly trouble: string;
  readonly fault: LabFault;
  /** The first step that fails, and the words by which it names the cause. */
  readonly step: string;
  readonly says: RegExp;
  /** Steps to run when not the whole chapter. */
  readonly only?: readonly string[];
  /** Only in the full tests: the same trouble is met by another chapter already. */
  readonly full?: true;
}

/** Scenario by scenario, so that one lab serves several troubles; what cannot be mended stands last. */
const LABS: Readonly<Record<string, readonly Trouble[]>> = {
  "trois-noeuds": [
    { chapter: 3, trouble: "node down", fault: nodeDown("pve3"), step: "versions", says: /pve3.*(?:ssh|coupée)/ },
    {
      ...{ chapter: 3, trouble: "storage full", fault: storageFull, step: "place-cluster" },
      says: /racine de pve1 est pleine/,
    },
    {
      ...{
        chapter: 3,
        trouble: "slow API",
        fault: slowApi,
        step: "fenetre-creation",
        only: ["fenetre-creation"],
        full: true,
      },
      says: /Délai de .* dépassé.*Trop lent : l’interface et l’API de pve1/,
    },
    {
      ...{ chapter: 3, trouble: "expired certificate", fault: expiredCertificate, step: "fenetre-creation" },
      says: /certificat de pve1 a expiré le \d\d\/\d\d\/\d{4}/,
    },
  ],
  cluster: [
    {
      chapter: 3,
      trouble: "no quorum",
      fault: noQuorum,
      step: "cluster-cree",
      only: ["cluster-cree"],
      says: /quorate = 0/,
    },
    {
      chapter: 4,
      trouble: "node down",
      fault: nodeDown("pve3"),
      step: "cluster-complet",
      says: /online = 0 .*là où .*name = pve3/,
      full: true,
    },
    { chapter: 4, trouble: "no quorum", fault: noQuorum, step: "cluster-complet", says: /quorate = 0/, full: true },
    {
      chapter: 4,
      trouble: "storage full",
      fault: storageFull,
      step: "installer-ceph",
      says: /pve1.*No space left|pve1.*free space/i,
    },
  ],
  ceph: [
    {
      chapter: 4,
      trouble: "Ceph degraded",
      fault: cephDegraded,
      step: "osd-en-service",
      says: /status = down \(attendu up\)/,
      full: true,
    },
    {
      chapter: 5,
      trouble: "node down",
      fault: nodeDown("pve3"),
      step: "ha-cluster-complet",
      says: /online = 0 .*là où .*name = pve3/,
      full: true,
    },
    { chapter: 5, trouble: "no quorum", fault: noQuorum, step: "ha-cluster-complet", says: /quorate = 0/, full: true },
    {
      chapter: 5,
      trouble: "Ceph degraded",
      fault: cephDegraded,
      step: "ha-ceph-sain",
      says: /HEALTH_WARN.*1 osds down/,
    },
    {
      chapter: 5,
      trouble: "storage full",
      fault: storageFull,
      step: "ha-ceph-sain",
      says: /HEALTH_(?:WARN|ERR).*pve1 is .*low on available space/,
      full: true,
    },
    {
      chapter: 5,
      trouble: "slow API",
      fault: slowApi,
      step: "ha-etat-cluster",
      only: ["ha-etat-cluster"],
      says: /l’API de pve1/,
      full: true,
    },
  ],
  migration: [
    {
      chapter: 6,
      trouble: "node down",
      fault: nodeDown("pve3"),
      step: "migration-cluster",
      says: /online = 0 .*là où .*name = pve3/,
    },
    { chapter: 6, trouble: "no quorum", fault: noQuorum, step: "migration-cluster", says: /quorate = 0/, full: true },
    { chapter: 7, trouble: "no quorum", fault: noQuorum, step: "sdn-cluster", says: /quorate = 0/ },
    {
      ...{ chapter: 6, trouble: "storage full", fault: storageFull, step: "migration-place", full: true },
      says: /racine de pve1 est pleine/,
    },
    {
      ...{ chapter: 7, trouble: "storage full", fault: storageFull, step: "sdn-place", full: true },
      says: /racine de pve1 est pleine/,
    },
    {
      chapter: 7,
      trouble: "node down",
      fault: nodeDown("pve3"),
      step: "sdn-cluster",
      says: /online = 0 .*là où .*name = pve3/,
      full: true,
    },
    {
      chapter: 7,
      trouble: "expired certificate",
      fault: expiredCertificate,
      step: "vue-pont",
      says: /certificat de pve1 a expiré/,
      full: true,
    },
  ],
};

const full = process.env["CONSTAT_TESTS"] === "full";
/** Longer than any of these runs takes, far shorter than the sum of the budgets that they do not spend any more. */
const SOON_MS = 90_000;

describe.each(Object.keys(LABS))("trouble on the lab « %s »", (scenario) => {
  const troubles = (LABS[scenario] ?? []).filter((each) => full || each.full !== true);
  let project: LabProject;

  beforeAll(async () => {
    const chapters = [...new Set(troubles.map(({ chapter }) => chapter))];
    project = await startLabProject(await mkdtemp(join(tmpdir(), "constat-e2e-")), { scenario, chapters });
    shortenBudgets(project.folder, 6);
  }, 60_000);

  afterAll(async () => {
    await project.lab.stop();
    await rm(project.folder, { recursive: true, force: true });
  });

  it.each(troubles)(
    "chapter $chapter meets $trouble: #$step says why, and the run ends soon",
    async ({ chapter, fault, step, says, only = [] }) => {
      const { lab, folder, constat } = project;
      await fault.breakLab(lab);
      const selection = ["--chapter", String(chapter), ...only.flatMap((id) => ["--only", id])];
      const { code, stdout, stderr } = await constat("run", "runbooks", "--yes", "--no-report", ...selection);
      await fault.mend(lab);
      const events = await latestEvents(folder);
      const failed = events.flatMap((event) =>
        event.type === "step-finished" && /^(?:failed|errored)$/.test(event.outcome.status) ? [event] : [],
      );
      expect(failed[0]?.step, `${stdout}\n${stderr}`).toBe(step);
      expect(failed[0]?.outcome).toMatchObject({ reason: expect.stringMatching(says) });
      expect([1, 3]).toContain(code);
      expect(changedAfter(step, events)).toEqual([]);
      expect(lastedMs(events)).toBeLessThan(SOON_MS);
      await expectReport(folder, events, chapter);
    },
    180_000,
  );
});

/** Actions that ran after the failure: there must be none. */
function changedAfter(step: string, events: readonly Event[]): readonly string[] {
  const started = events.find((event) => event.type === "run-started");
  const actions = new Set(started?.steps.filter(({ role }) => role === "action").map(({ step: id }) => id));
  const failed = events.findIndex((event) => event.type === "step-finished" && event.step === step);
  return events
    .slice(failed + 1)
    .flatMap((event) => (event.type === "attempt-started" && actions.has(event.step) ? [event.step] : []));
}

function lastedMs(events: readonly Event[]): number {
  const [first, last] = [events[0], events.at(-1)];
  return first && last ? Date.parse(last.at) - Date.parse(first.at) : Number.POSITIVE_INFINITY;
}

/** The report is there all the same: it says of each placeholder that is not filled which step should have done it, and why it did not. */
async function expectReport(folder: string, events: readonly Event[], chapter: number): Promise<void> {
  const { completeness } = await buildReport(await openRun(join(folder, "output", "latest")));
  const filled = events.flatMap((event) => (event.type === "placeholder-filled" ? [event.placeholder] : []));
  const missing = completeness.filter((row) => row.chapter === chapter && !row.filled);
  expect(missing.length).toBeGreaterThan(0);
  expect(missing.filter(({ placeholder }) => filled.includes(placeholder))).toEqual([]);
  expect(missing.filter(({ reason, step }) => step === null || !reason.includes(step))).toEqual([]);
}
