import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Event } from "../../engine/model/event.ts";
import { findGuest } from "../../lab/state/guest-place.ts";
import { requestMove } from "../../lab/state/ha/ha-requests.ts";
import { nodeOf } from "../../lab/state/world.ts";
import { untilLab } from "../support/lab-faults.ts";
import { type LabProject, latestEvents, startLabProject, stepStatuses } from "../support/lab-run.ts";
import type { CliResult } from "../support/run-cli.ts";

/** Dialect, scenario, and who commands the power there. The older dialect takes the physical servers, so that both ways are seen. */
const LABS = [
  ["9", "ceph", ["couper-victime", "rallumer-victime"]],
  ["8.4", "ceph-physique", ["couper-victime-bmc", "rallumer-victime-bmc"]],
] as const;

const CAPTIONS = [
  "état du cluster Proxmox",
  "état de santé du cluster Ceph",
  "section HA dans l’interface Proxmox",
  "ajout d’une VM dans la configuration HA",
  "arrêt du nœud en panne",
  "migration/redémarrage automatique de la VM",
  "cluster rétabli avec les trois nœuds actifs",
];

const labs = process.env["CONSTAT_TESTS"] === "full" ? LABS : LABS.slice(0, 1);

describe.each(labs)("chapter 5 alone on the lab of Proxmox VE %s, scenario %s", (dialect, scenario, power) => {
  let project: LabProject;
  let first: CliResult;
  let events: readonly Event[];
  let firstRun: string;

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "constat-e2e-"));
    project = await startLabProject(folder, { dialect, scenario, chapters: [5] });
    first = await project.constat("run", "runbooks", "--yes", "--no-report");
    events = await latestEvents(folder).catch(() => []);
    firstRun = await realpath(join(folder, "output", "latest")).catch(() => "");
  }, 240_000);

  afterAll(async () => {
    await project.lab.stop();
    await rm(project.folder, { recursive: true, force: true });
  });

  it("cuts a node's power, sees its machine start elsewhere, and fills all seven placeholders", async () => {
    expect(first.code, `${first.stdout}\n${first.stderr}`).toBe(0);
    const started = events.find((event) => event.type === "run-started");
    expect(started?.placeholders.map(({ caption }) => caption)).toEqual(CAPTIONS);
    const filled = events.flatMap((event) => (event.type === "placeholder-filled" ? [event.placeholder] : []));
    expect(filled.toSorted()).toEqual(started?.placeholders.map(({ id }) => id).toSorted());
    const statuses = await stepStatuses(project.folder);
    expect(power.map((step) => statuses[step])).toEqual(["passed", "passed"]);
    expect([statuses["installer-agent"], statuses["agent-repond"]]).toEqual(["passed", "passed"]);
  });

  it("measures the interruption of the machine, in the lab's time, and proves its bounds", () => {
    const [watched] = events.flatMap((event) =>
      event.type === "attempt-finished" && event.step === "suivi-panne" ? [event] : [],
    );
    expect(watched?.outcome.status).toBe("passed");
    const judgements = watched?.outcome.status === "passed" ? watched.outcome.judgements : [];
    const [interruption] = judgements.filter(({ expected }) => /interruption de « VM »/.test(expected));
    expect(interruption?.obtained).toMatch(/entre [\d,]+ s et [\d,]+ s .*temps du laboratoire/);
    expect(watched?.artefacts.map(({ role }) => role)).toContain("samples");
  });

  it("leaves every node on, the machine on a survivor and under HA", () => {
    const { world } = project.lab;
    expect([...world.nodes.values()].map((node) => node.power)).toEqual(["on", "on", "on"]);
    const placed = findGuest(world, nodeOf(world, "pve1"), 100);
    expect(placed?.guest.status).toBe("running");
    expect(placed?.node.name).not.toBe("pve2");
    expect(placed?.node.database.ha.services.get("vm:100")).toMatchObject({
      state: "started",
      node: placed?.node.name,
    });
  });

  it("does not cut the power again when it is run again, wherever the machine was moved, and keeps the pictures of what has passed", async () => {
    const node = nodeOf(project.lab.world, "pve1");
    requestMove(project.lab.world, node, "migrate", "vm:100", "pve2");
    await untilLab(() => node.database.ha.services.get("vm:100")?.node === "pve2");
    const second = await project.constat("run", "runbooks", "--yes", "--no-report", "--reuse", firstRun);
    expect(second.code, `${second.stdout}\n${second.stderr}`).toBe(0);
    const statuses = await stepStatuses(project.folder);
    for (const step of [
      "creer-vm",
      "placer-vm",
      "fenetre-ha",
      "ajouter-ha",
      "preferer-noeud",
      "installer-agent",
      "annoncer-essai",
      "victime-absente",
      "noter-bascule",
      ...power,
    ]) {
      expect([step, statuses[step]]).toEqual([step, "satisfied"]);
    }
    const reused = (await latestEvents(project.folder)).flatMap((event) =>
      event.type === "figure-reused" ? [event.placeholder] : [],
    );
    const started = events.find((event) => event.type === "run-started");
    const kept = started?.placeholders.filter(({ caption }) => CAPTIONS.slice(3, 6).includes(caption));
    expect(reused).toEqual(kept?.map(({ id }) => id));
    expect(nodeOf(project.lab.world, "pve2").power).toBe("on");
  }, 240_000);
});
