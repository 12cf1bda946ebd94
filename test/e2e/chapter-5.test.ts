import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Event } from "../../engine/model/event.ts";
import { findGuest } from "../../lab/state/guest-place.ts";
import { nodeOf } from "../../lab/state/world.ts";
import { type LabProject, latestEvents, startLabProject, stepStatuses } from "../support/lab-run.ts";
import type { CliResult } from "../support/run-cli.ts";

const DIALECTS = process.env["CONSTAT_TESTS"] === "full" ? (["9", "8.4"] as const) : (["9"] as const);

const CAPTIONS = [
  "état du cluster Proxmox",
  "état de santé du cluster Ceph",
  "section HA dans l’interface Proxmox",
  "ajout d’une VM dans la configuration HA",
  "arrêt du nœud en panne",
  "migration/redémarrage automatique de la VM",
  "cluster rétabli avec les trois nœuds actifs",
];

describe.each(DIALECTS)("chapter 5 alone on the lab of Proxmox VE %s", (dialect) => {
  let project: LabProject;
  let first: CliResult;
  let events: readonly Event[];

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "constat-e2e-"));
    project = await startLabProject(folder, { scenario: "ceph", dialect });
    const report = join(folder, "runbooks", "rapport.yaml");
    await writeFile(report, (await readFile(report, "utf8")).replace(/^chapitres: .*$/m, "chapitres: [5]"));
    first = await project.constat("run", "runbooks/05-haute-disponibilite.md", "--yes", "--no-report");
    events = await latestEvents(folder).catch(() => []);
  }, 240_000);

  afterAll(async () => {
    await project.lab.stop();
    await rm(project.folder, { recursive: true, force: true });
  });

  it("cuts a node's power, sees its machine start elsewhere, and fills all seven placeholders", () => {
    expect(first.code, `${first.stdout}\n${first.stderr}`).toBe(0);
    const started = events.find((event) => event.type === "run-started");
    expect(started?.placeholders.map(({ caption }) => caption)).toEqual(CAPTIONS);
    const filled = events.flatMap((event) => (event.type === "placeholder-filled" ? [event.placeholder] : []));
    expect(filled.toSorted()).toEqual(started?.placeholders.map(({ id }) => id).toSorted());
  });

  it("leaves every node on, and the machine on a survivor", () => {
    const { world } = project.lab;
    expect([...world.nodes.values()].map(({ power }) => power)).toEqual(["on", "on", "on"]);
    const placed = findGuest(world, nodeOf(world, "pve1"), 100);
    expect(placed?.guest.status).toBe("running");
    expect(placed?.node.name).not.toBe("pve2");
  });

  it("does not cut the power again when it is run again", async () => {
    const second = await project.constat("run", "runbooks/05-haute-disponibilite.md", "--yes", "--no-report");
    const statuses = await stepStatuses(project.folder);
    for (const step of ["creer-vm", "placer-vm", "fenetre-ha", "ajouter-ha", "couper-victime", "rallumer-victime"]) {
      expect(statuses[step], `${step}\n${second.stdout}`).toBe("satisfied");
    }
    expect(nodeOf(project.lab.world, "pve2").power).toBe("on");
  }, 240_000);
});
