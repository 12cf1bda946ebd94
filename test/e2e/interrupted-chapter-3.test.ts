import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readRunbooks } from "../runbooks/read-runbooks.ts";
import { type Cut, cutRun, type Moment } from "../support/interrupted-run.ts";
import { type LabProject, startLabProject, stepStatuses } from "../support/lab-run.ts";
import { shortenBudgets } from "../support/short-budgets.ts";

/** Everything of chapter 3 but its pictures, which change nothing. */
const STEPS = readRunbooks()
  .filter(({ file }) => file.startsWith("03-"))
  .flatMap(({ blocks }) => blocks.filter(({ kind }) => kind !== "browser").map(({ id }) => id));
const ONLY = STEPS.flatMap((id) => ["--only", id]);

/** In the order of a day on which everything goes wrong: each run goes on from what the one before has left. */
const CUTS: readonly (readonly [what: string, how: Cut, moment: Moment])[] = [
  [
    "the engine dies while the cluster is made",
    "kill",
    { step: "creer-cluster", node: "pve1", says: "Writing corosync config" },
  ],
  [
    "Ctrl-C before the member is asked",
    "interrupt",
    { step: "ajouter-pve2", node: "pve2", says: "check cluster join API" },
  ],
  [
    "the engine dies once the member has written the entry",
    "kill",
    { step: "ajouter-pve2", node: "pve2", says: "Join request OK" },
  ],
  [
    "the connection is cut while the node waits for quorum",
    "cable",
    { step: "ajouter-pve2", node: "pve2", says: "waiting for quorum" },
  ],
  [
    "Ctrl-C while the third node gets its certificate",
    "interrupt",
    { step: "ajouter-pve3", node: "pve3", says: "generate new node" },
  ],
];

/** A killed engine has none; a connection that was lost is a step that failed. */
const CODES = { kill: null, interrupt: 130, cable: 1 } as const;

let project: LabProject;
let hits = 0;
beforeAll(async () => {
  project = await startLabProject(await mkdtemp(join(tmpdir(), "constat-cut-")), { chapters: [3], timeScale: 2 });
  // Nothing is waited for in vain: only a busy machine comes near this.
  shortenBudgets(project.folder, 180);
}, 120_000);
afterAll(async () => {
  await project.lab.stop();
  await rm(project.folder, { recursive: true, force: true });
});

it.each(CUTS)(
  "chapter 3 is cut: %s",
  async (_what, how, moment) => {
    const { cut, code, output } = await cutRun(project, moment, how, ONLY);
    // A busy machine may come too late for a moment: what was to be cut is done then, and nothing is lost.
    if (!cut) return;
    hits += 1;
    expect(code, output).toBe(CODES[how]);
  },
  600_000,
);

it("the next run brings it to the same end as if nothing had happened, and the one after that changes nothing", async () => {
  expect(hits).toBeGreaterThan(0);
  const finished = await project.run(...STEPS);
  // The terminals of the joins that were cut are lost as figures, and the run says so.
  expect(finished.code, `${finished.stdout}\n${finished.stderr}`).toBe(4);
  expect(Object.values(await stepStatuses(project.folder))).not.toContain("blocked");
  const state = () =>
    [...project.lab.world.nodes.values()].map(({ name, corosync, database, certificate }) => ({
      ...{ name, members: corosync.members, expected: corosync.expectedVotes, cluster: database.corosync },
      issued: certificate.fingerprint,
    }));
  const names = ["pve1", "pve2", "pve3"];
  for (const node of state()) {
    expect(node.members).toEqual(names);
    expect(node.expected).toBe(3);
    expect(node.cluster?.nodes.map((entry) => entry.name).toSorted()).toEqual(names);
  }
  const before = state();
  const again = await project.run(...STEPS);
  expect(again.code, again.stdout).toBe(4);
  expect(state()).toEqual(before);
}, 900_000);
