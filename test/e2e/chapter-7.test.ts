import { describe, expect, it } from "vitest";
import { openRun } from "../../engine/evidence/index.ts";
import { nodeOf } from "../../lab/state/world.ts";
import { chapterRun, expectFilled } from "../support/chapter-run.ts";
import { type LabProject, stepStatuses } from "../support/lab-run.ts";

const DIALECTS = process.env["CONSTAT_TESTS"] === "full" ? (["9", "8.4"] as const) : (["9"] as const);

const CAPTIONS = [
  "configuration du bridge vmbr0",
  "interface SDN dans Proxmox",
  "configuration réseau d’une VM",
  "test de connectivité réseau",
];

const RUN = ["run", "runbooks", "--yes", "--no-report"] as const;

/** Every step that changes something and has a guard. */
const ONCE = [
  ...["creer-zone", "creer-vnet", "creer-sous-reseau", "appliquer-sdn", "ajouter-carte", "creer-pair"],
  ...["demarrer-pair", "donner-adresses", "sdn-migrer"],
];

// The tests of one dialect build on one another: set up, look at what came of it, run again.
describe.each(DIALECTS)("chapter 7 on the lab of Proxmox VE %s", (dialect) => {
  const run = chapterRun({ scenario: "migration", dialect, chapters: [7] });

  it("sets the network up and fills all four placeholders", () => {
    expectFilled(run, CAPTIONS);
  });

  it("brought the VNet up on all three nodes, and left the machine's own card where it was", () => {
    const { world } = run.project.lab;
    for (const node of world.nodes.values()) {
      expect(node.sdn.links.map(({ name }) => name)).toEqual(["vxlan_vnet1", "vnet1"]);
    }
    const guest = nodeOf(world, "pve3").guests.get(100);
    expect(guest?.config.get("net0")).toContain("bridge=vmbr0");
    expect(guest?.config.get("net1")).toContain("bridge=vnet1");
    const companion = nodeOf(world, "pve1").guests.get(101);
    expect(companion?.config.get("net0")).toContain("bridge=vnet1");
    expect(companion?.config.get("net0")).not.toContain(guest?.config.get("net1")?.slice(7, 24));
  });

  it("kept the three answers of the connectivity test, from the node and from inside the machine", async () => {
    const record = await openRun(run.firstRun);
    const finished = run.events.findLast((event) => event.type === "attempt-finished" && event.step === "test-reseau");
    const out =
      finished?.type === "attempt-finished" ? finished.artefacts.find(({ role }) => role === "stdout") : undefined;
    const text = (await record.read(out?.path ?? "")).toString("utf8");
    for (const address of ["10.202.4.150", "10.50.0.12", "10.202.255.254"]) {
      expect(text).toContain(`--- ${address} ping statistics ---\n3 packets transmitted, 3 received, 0% packet loss`);
    }
  });

  it("measured the migration while it happened", () => {
    const finished = run.events.findLast((event) => event.type === "attempt-finished" && event.step === "stabilite");
    const judgements =
      finished?.type === "attempt-finished" && finished.outcome.status === "passed" ? finished.outcome.judgements : [];
    expect(judgements.map(({ expected }) => expected).join()).toContain("5,0 s");
  });

  it("finds nothing in an audit of what it left", async () => {
    const { code, stdout } = await run.project.constat("audit", "--no-render", run.firstRun);
    expect(stdout).toContain("Figures 4/4");
    expect(code, stdout).toBe(0);
  });

  it("changes nothing when it is run again", async () => {
    const before = stateOf(run.project);
    const second = await run.project.constat(...RUN);
    expect(second.code, `${second.stdout}\n${second.stderr}`).toBe(0);
    const statuses = await stepStatuses(run.project.folder);
    expect(Object.fromEntries(ONCE.map((step) => [step, statuses[step]]))).toEqual(
      Object.fromEntries(ONCE.map((step) => [step, "satisfied"])),
    );
    expect(stateOf(run.project)).toBe(before);
  }, 300_000);
});

function stateOf({ lab }: LabProject): string {
  const nodes = [...lab.world.nodes.values()];
  const guests = nodes.map((node) => [...node.guests].map(([vmid, { config }]) => [vmid, [...config]]));
  return JSON.stringify([nodes.map(({ sdn, tasks }) => [sdn.links, tasks.length]), guests]);
}
