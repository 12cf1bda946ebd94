import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeOf } from "../../lab/state/world.ts";
import { obtained } from "../support/expect-false.ts";
import { untilLab } from "../support/lab-faults.ts";
import { type LabProject, latestEvents, startLabProject, stepStatuses } from "../support/lab-run.ts";
import { shortenBudgets } from "../support/short-budgets.ts";

describe("what a site has already", () => {
  let project: LabProject;
  const pve2 = () => nodeOf(project.lab.world, "pve2");
  const resource = () => pve2().database.ha.resources.find(({ sid }) => sid === "vm:100");

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "constat-e2e-"));
    project = await startLabProject(folder, { scenario: "haute-disponibilite", chapters: [5] });
    shortenBudgets(folder, 6);
    await untilLab(() => pve2().database.ha.services.get("vm:100")?.state === "started");
  }, 60_000);

  afterAll(async () => {
    await project.lab.stop();
    await rm(project.folder, { recursive: true, force: true });
  });

  it("no power is cut while another machine runs on the node", async () => {
    const own = pve2().guests.get(100);
    if (own === undefined) throw new Error("no machine 100");
    pve2().guests.set(115, { ...own, vmid: 115, config: new Map([["name", "compta"]]) });
    const { code, stdout } = await project.run("victime-libre", "annoncer-essai", "couper-victime");
    pve2().guests.delete(115);
    expect(code, stdout).toBe(1);
    expect(await stepStatuses(project.folder)).toMatchObject({
      "victime-libre": "failed",
      "annoncer-essai": "blocked",
      "couper-victime": "blocked",
    });
    expect(obtained(await latestEvents(project.folder), "victime-libre")).toContain("qemu/115");
    expect([pve2().power, resource()?.comment]).toEqual(["on", undefined]);
  }, 120_000);

  it("a machine of the same number and another name is not touched", async () => {
    const { config } = pve2().guests.get(100) ?? {};
    config?.set("name", "compta");
    const before = JSON.stringify([...(config ?? [])]);
    const { code, stdout } = await project.run(
      "vm-existe",
      "creer-vm",
      "ajouter-ha",
      "annoncer-essai",
      "couper-victime",
    );
    config?.set("name", "debian-test");
    expect(code, stdout).toBe(1);
    expect(await stepStatuses(project.folder)).toMatchObject({
      "creer-vm": "failed",
      "annoncer-essai": "blocked",
      "couper-victime": "blocked",
    });
    expect(obtained(await latestEvents(project.folder), "creer-vm")).toMatch(/VM 100 already exists on node 'pve2'/);
    expect(before).toContain('["name","compta"]');
    expect(JSON.stringify([...(config ?? [])])).toBe(before.replace('"compta"', '"debian-test"'));
    expect(pve2().power).toBe("on");
  }, 120_000);

  it("the comment of its HA resource stays behind ours, however often we write", async () => {
    const theirs = 'Portail de l’école ; astreinte "réseau" : 4\\2';
    Object.assign(resource() ?? {}, { comment: theirs });
    for (const [step, ours] of [
      ["annoncer-essai", "essai de bascule en cours depuis le "],
      ["annoncer-essai", "essai de bascule en cours depuis le "],
      ["noter-bascule", "essai de bascule du "],
    ] as const) {
      const { code, stdout } = await project.run(step);
      expect([0, 4], stdout).toContain(code);
      const written = resource()?.comment ?? "";
      expect(written.replace(/\d{4}-\d\d-\d\d/, "")).toBe(`${ours} ; ${theirs}`);
    }
  }, 120_000);
});
