import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openRun } from "../../engine/evidence/index.ts";
import { chapterRun, expectFilled } from "../support/chapter-run.ts";
import { latestEvents, stepStatuses } from "../support/lab-run.ts";

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
  const run = chapterRun({ dialect, chapters: [3] }, { report: true });

  it("builds the cluster, fills all eight placeholders and leaves the report", async () => {
    expectFilled(run, CAPTIONS);
    for (const name of ["rapport.pdf", "rapport.html"]) {
      expect((await stat(join(run.firstRun, "data", name))).size, name).toBeGreaterThan(10_000);
    }
  });

  it("changed the cluster for real, and shell, API and web page agree on it", async () => {
    const record = await openRun(run.firstRun);
    const artefact = async (step: string, role: string): Promise<string> => {
      const finished = run.events.findLast((event) => event.type === "attempt-finished" && event.step === step);
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
    expect([...run.project.lab.world.nodes.values()].map((node) => node.corosync.members.length)).toEqual([3, 3, 3]);
  });

  it("records both certificates of each node that joined", () => {
    const renewed = run.events.flatMap((event) => (event.type === "certificate-renewed" ? [event] : []));
    expect(renewed.map(({ node, step }) => [node, step])).toEqual([
      ["pve2", "ajouter-pve2"],
      ["pve3", "ajouter-pve3"],
    ]);
    for (const { before, after } of renewed) expect(before).not.toBe(after);
  });

  it("keeps an assertion on the data with each of the eight captures", () => {
    for (const event of run.events) {
      if (event.type !== "placeholder-filled") continue;
      const attempts = run.events.flatMap((other) =>
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
    const password = (await readFile(join(run.project.folder, "output/lab/secrets/root-password"), "utf8")).trim();
    expect(password.length).toBeGreaterThan(8);
    const { filesBelow } = await import("../../engine/evidence/index.ts");
    for (const path of await filesBelow(run.firstRun, "data")) {
      expect((await readFile(join(run.firstRun, path))).includes(password), path).toBe(false);
    }
  });

  it("finds nothing in an audit of what it left", async () => {
    const { code, stdout } = await run.project.constat("audit", run.firstRun);
    expect(stdout).toContain("Figures 8/8");
    expect(code, stdout).toBe(0);
  });

  it("changes nothing when it is run again, says so step by step, and keeps the earlier pictures", async () => {
    const before = JSON.stringify(
      [...run.project.lab.world.nodes.values()].map((node) => [node.certificate.fingerprint, node.database.corosync]),
    );
    const tasks = [...run.project.lab.world.nodes.values()].map((node) => node.tasks.length);
    const second = await run.project.constat("run", "runbooks", "--yes", "--reuse", run.firstRun);
    expect(second.code, `${second.stdout}\n${second.stderr}`).toBe(0);
    const statuses = await stepStatuses(run.project.folder);
    for (const step of ["fenetre-creation", "fenetre-corosync", "creer-cluster", "ajouter-pve2", "ajouter-pve3"]) {
      expect(statuses[step], step).toBe("satisfied");
      expect(second.stdout).toContain(`IGNORÉ  #${step} — Déjà satisfait`);
    }
    const after = JSON.stringify(
      [...run.project.lab.world.nodes.values()].map((node) => [node.certificate.fingerprint, node.database.corosync]),
    );
    expect(after).toBe(before);
    expect([...run.project.lab.world.nodes.values()].map((node) => node.tasks.length)).toEqual(tasks);
    const reused = (await latestEvents(run.project.folder)).flatMap((event) =>
      event.type === "figure-reused" ? [event.placeholder] : [],
    );
    expect(reused).toHaveLength(4);
  }, 240_000);

  it("rebuilds the report with the lab stopped", async () => {
    await run.project.lab.stop();
    const out = join(run.project.folder, "ailleurs");
    const { code, stdout, stderr } = await run.project.constat("report", run.firstRun, "--out", out);
    expect(code, `${stdout}\n${stderr}`).toBe(0);
    expect((await readFile(join(out, "rapport.pdf"))).subarray(0, 5).toString()).toBe("%PDF-");
  }, 120_000);
});
