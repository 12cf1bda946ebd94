import { mkdtemp, readFile, realpath, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRun } from "../../engine/evidence/index.ts";
import type { Event } from "../../engine/model/event.ts";
import { type LabProject, latestEvents, startLabProject, stepStatuses } from "../support/lab-run.ts";
import type { CliResult } from "../support/run-cli.ts";

const DIALECTS = process.env["CONSTAT_TESTS"] === "full" ? (["9", "8.4"] as const) : (["9"] as const);

const CAPTIONS = [
  "création du cluster Proxmox sur pve1",
  "paramètres Corosync lors de la création du cluster",
  "commande d’ajout du nœud pve2",
  "confirmation de l’ajout de pve2 dans le cluster",
  "ajout du nœud pve3 au cluster",
  "vue du cluster avec pve1, pve2 et pve3",
  "état du cluster dans l’interface Proxmox",
  "statut Corosync",
];

// The tests of one dialect build on one another as a person's day does: build, look, run again, report, audit.
describe.each(DIALECTS)("chapter 3 on the lab of Proxmox VE %s", (dialect) => {
  let project: LabProject;
  let first: CliResult;
  let events: readonly Event[];
  let firstRun: string;

  beforeAll(async () => {
    project = await startLabProject(await mkdtemp(join(tmpdir(), "constat-e2e-")), { dialect, chapters: [3] });
    first = await project.constat("run", "runbooks", "--yes");
    events = await latestEvents(project.folder).catch(() => []);
    firstRun = await realpath(join(project.folder, "output", "latest")).catch(() => "");
  }, 240_000);

  afterAll(async () => {
    await project.lab.stop();
    await rm(project.folder, { recursive: true, force: true });
  });

  it("builds the cluster, fills all eight placeholders and leaves the report", async () => {
    expect(first.code, `${first.stdout}\n${first.stderr}`).toBe(0);
    const started = events.find((event) => event.type === "run-started");
    expect(started?.placeholders.map(({ caption }) => caption)).toEqual(CAPTIONS);
    const filled = events.flatMap((event) => (event.type === "placeholder-filled" ? [event.placeholder] : []));
    expect(filled).toEqual(started?.placeholders.map(({ id }) => id));
    for (const name of ["rapport.pdf", "rapport.html"]) {
      expect((await stat(join(firstRun, "data", name))).size, name).toBeGreaterThan(10_000);
    }
  });

  it("changed the cluster for real, and shell, API and web page agree on it", async () => {
    const record = await openRun(firstRun);
    const artefact = async (step: string, role: string): Promise<string> => {
      const finished = events.findLast((event) => event.type === "attempt-finished" && event.step === step);
      if (finished?.type !== "attempt-finished") throw new Error(`no attempt of ${step}`);
      const found = finished.artefacts.find((candidate) => candidate.role === role);
      return found === undefined ? "" : (await record.read(found.path)).toString("utf8");
    };
    const shell = (await artefact("statut-corosync", "stdout")).matchAll(/^0x0000000\d\s+1 (10\.202\.4\.\d+)/gm);
    const api = JSON.parse(await artefact("etat-api", "response")) as {
      data: { type: string; ip?: string; online?: number }[];
    };
    const members = ["10.202.4.31", "10.202.4.32", "10.202.4.33"];
    expect([...shell].map((match) => match[1])).toEqual(members);
    expect(api.data.flatMap(({ type, ip, online }) => (type === "node" && online === 1 ? [ip] : [])).sort()).toEqual(
      members,
    );
    const page = await artefact("vue-cluster", "rows");
    for (const address of members) expect(page).toContain(address);
    expect([...project.lab.world.nodes.values()].map((node) => node.corosync.members.length)).toEqual([3, 3, 3]);
  });

  it("records both certificates of each node that joined", () => {
    const renewed = events.flatMap((event) => (event.type === "certificate-renewed" ? [event] : []));
    expect(renewed.map(({ node, step }) => [node, step])).toEqual([
      ["pve2", "ajouter-pve2"],
      ["pve3", "ajouter-pve3"],
    ]);
    for (const { before, after } of renewed) expect(before).not.toBe(after);
  });

  it("keeps an assertion on the data with each of the eight captures", () => {
    for (const event of events) {
      if (event.type !== "placeholder-filled") continue;
      const attempts = events.flatMap((other) =>
        other.type === "attempt-finished" && event.attempts.includes(other.attempt) ? [other.outcome] : [],
      );
      for (const outcome of attempts) {
        const judged = outcome.status === "passed" ? outcome.judgements.length : 0;
        // The exit code alone proves nothing for `pvecm add`: there is an expectation beside it.
        expect(judged, event.placeholder).toBeGreaterThan(event.figure.type === "terminal" ? 1 : 0);
      }
    }
  });

  it("stores the root password nowhere", async () => {
    const password = (await readFile(join(project.folder, "output/lab/secrets/root-password"), "utf8")).trim();
    expect(password.length).toBeGreaterThan(8);
    const { filesBelow } = await import("../../engine/evidence/index.ts");
    for (const path of await filesBelow(firstRun, "data")) {
      expect((await readFile(join(firstRun, path))).includes(password), path).toBe(false);
    }
  });

  it("finds nothing in an audit of what it left", async () => {
    const { code, stdout } = await project.constat("audit", firstRun);
    expect(stdout).toContain("Figures 8/8");
    expect(code, stdout).toBe(0);
  });

  it("changes nothing when it is run again, says so step by step, and keeps the earlier pictures", async () => {
    const before = JSON.stringify(
      [...project.lab.world.nodes.values()].map((node) => [node.certificate.fingerprint, node.database.corosync]),
    );
    const tasks = [...project.lab.world.nodes.values()].map((node) => node.tasks.length);
    const second = await project.constat("run", "runbooks", "--yes", "--reuse", firstRun);
    expect(second.code, `${second.stdout}\n${second.stderr}`).toBe(0);
    const statuses = await stepStatuses(project.folder);
    for (const step of ["fenetre-creation", "fenetre-corosync", "creer-cluster", "ajouter-pve2", "ajouter-pve3"]) {
      expect(statuses[step], step).toBe("satisfied");
      expect(second.stdout).toContain(`IGNORÉ  #${step} — Déjà satisfait`);
    }
    const after = JSON.stringify(
      [...project.lab.world.nodes.values()].map((node) => [node.certificate.fingerprint, node.database.corosync]),
    );
    expect(after).toBe(before);
    expect([...project.lab.world.nodes.values()].map((node) => node.tasks.length)).toEqual(tasks);
    const reused = (await latestEvents(project.folder)).flatMap((event) =>
      event.type === "figure-reused" ? [event.placeholder] : [],
    );
    expect(reused).toHaveLength(4);
  }, 240_000);

  it("rebuilds the report with the lab stopped", async () => {
    await project.lab.stop();
    const out = join(project.folder, "ailleurs");
    const { code, stdout, stderr } = await project.constat("report", firstRun, "--out", out);
    expect(code, `${stdout}\n${stderr}`).toBe(0);
    expect((await readFile(join(out, "rapport.pdf"))).subarray(0, 5).toString()).toBe("%PDF-");
  }, 120_000);
});
