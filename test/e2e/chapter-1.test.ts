import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filesBelow, openRun } from "../../engine/evidence/index.ts";
import type { Event } from "../../engine/model/event.ts";
import type { RaidVolume } from "../../lab/state/raid.ts";
import { nodeOf } from "../../lab/state/world.ts";
import { type LabProject, latestEvents, startLabProject, stepStatuses } from "../support/lab-run.ts";
import type { CliResult } from "../support/run-cli.ts";

// The two generations of controllers and the two versions of Proxmox VE; the newer pair alone in the everyday run.
const WORLDS =
  process.env["CONSTAT_TESTS"] === "full"
    ? ([
        ["9", "ilo6"],
        ["8.4", "ilo5"],
      ] as const)
    : ([["9", "ilo6"]] as const);

const CAPTIONS = [
  "interface d’administration distante après reset / page de login",
  "écran de sélection du disque système dans l’installateur Proxmox",
  "écran d’accueil de l’installateur Proxmox VE",
  "écran du contrôleur RAID / suppression du volume RAID",
  "écran de configuration du mot de passe root et de l’e‑mail",
  "écran de configuration réseau de Proxmox dans l’installateur",
  "écran de login sur la console Proxmox après installation",
  "page de login Web de Proxmox VE",
  "tableau de bord Proxmox après première connexion",
  "écran “Disks” ou “Storage” montrant le stockage local disponible",
];
const BEFORE_THE_INSTALLATION = CAPTIONS.slice(1, 6);
const SECRETS = ["root-password", "bmc-origine", "bmc-secours", "bmc-usine", "bmc-password"];

// The tests of one world build on one another as a person's day does: install, look, run again.
describe.each(WORLDS)("chapter 1 on the lab of Proxmox VE %s with %s", (dialect, controller) => {
  let project: LabProject;
  let first: CliResult;
  let events: readonly Event[];
  let firstRun: string;

  const server = () => {
    const found = project.lab.world.servers.get("pve1");
    if (found === undefined) throw new Error("pve1 has no server");
    return found;
  };
  const captionsOf = (type: "placeholder-filled" | "figure-reused", from: readonly Event[]) => {
    const started = from.find((event) => event.type === "run-started");
    const ids = new Set(from.flatMap((event) => (event.type === type ? [event.placeholder] : [])));
    return started?.placeholders.filter(({ id }) => ids.has(id)).map(({ caption }) => caption);
  };

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "constat-e2e-"));
    project = await startLabProject(folder, { scenario: "serveur-nu", dialect, controller, chapters: [1] });
    first = await project.constat("run", "runbooks", "--yes");
    events = await latestEvents(project.folder).catch(() => []);
    firstRun = await realpath(join(project.folder, "output", "latest")).catch(() => "");
  }, 480_000);

  afterAll(async () => {
    await project.lab.stop();
    await rm(project.folder, { recursive: true, force: true });
  });

  it("installs pve1 and fills all ten placeholders, each with an assertion on what it shows", () => {
    expect(first.code, `${first.stdout}\n${first.stderr}`).toBe(0);
    const started = events.find((event) => event.type === "run-started");
    expect(started?.placeholders.map(({ caption }) => caption)).toEqual(CAPTIONS);
    expect(captionsOf("placeholder-filled", events)).toEqual(CAPTIONS);
    for (const event of events) {
      if (event.type !== "placeholder-filled") continue;
      expect(event.figure.type).toBe("picture");
      if (event.figure.type === "picture") expect(event.figure.judgements.length, event.placeholder).toBeGreaterThan(0);
    }
  });

  it("meets the incident, and leaves what was typed on a system that answers", async () => {
    const record = await openRun(firstRun);
    const attempt = events.findLast((event) => event.type === "attempt-finished" && event.step === "premier-essai");
    const text = attempt?.type === "attempt-finished" && attempt.artefacts.find(({ role }) => role === "dom-text");
    expect(text && (await record.read(text.path)).toString("utf8")).toMatch(/No Hard D[iIl|]sk found/);
    const { raid, media, boot } = server();
    expect([...raid.volumes.keys()]).toEqual([]);
    expect(media.map(({ inserted }) => inserted)).toEqual([false, false]);
    expect(boot.enabled).toBe("Disabled");
    const node = nodeOf(project.lab.world, "pve1");
    expect([node.power, node.dns.dns1, node.dns.search]).toEqual(["on", "8.8.8.8", "lab.example"]);
    const bridge = node.interfaces.find(({ type }) => type === "bridge");
    // The card keeps the name that the installer gave it.
    const ports = [dialect === "9" ? "nic0" : "eno1"];
    expect(bridge).toMatchObject({ address: "10.202.4.31", prefix: 16, gateway: "10.202.255.254", ports });
    const [own, older] = [
      "/etc/apt/sources.list.d/proxmox.sources",
      "/etc/apt/sources.list.d/pve-no-subscription.list",
    ];
    expect(node.files.get(dialect === "9" ? own : older)).toContain("pve-no-subscription");
    expect(node.files.has(dialect === "9" ? older : own)).toBe(false);
  });

  it("stores no password: neither root's nor one of the controller's", async () => {
    for (const name of SECRETS) {
      const password = (await readFile(join(project.folder, "output/lab/secrets", name), "utf8")).trim();
      for (const path of await filesBelow(firstRun, "data")) {
        expect((await readFile(join(firstRun, path))).includes(password), `${name} in ${path}`).toBe(false);
      }
    }
  });

  it("hides the address of pve1’s alerts wherever it typed it, not on the picture alone", () => {
    const own = events.filter((event) => "step" in event && event.step === "mot-de-passe");
    const attempts = events.filter((event) => event.type === "attempt-started" && event.step === "mot-de-passe");
    expect(attempts).not.toEqual([]);
    expect(JSON.stringify(own)).not.toContain("admin@lab.example");
  });

  it("touches nothing of the installed server when it is run again, and keeps the pictures of its installation", async () => {
    const spare: RaidVolume = { id: "7", name: "Archives", raid: "RAID1", size: 1e12, drives: [], state: "online" };
    server().raid.volumes.set(spare.id, spare);
    const before = [server().era, nodeOf(project.lab.world, "pve1").bootTime];
    const second = await project.constat("run", "runbooks", "--yes", "--reuse", firstRun);
    expect(second.code, `${second.stdout}\n${second.stderr}`).toBe(0);
    const statuses = await stepStatuses(project.folder);
    for (const step of [
      "remettre-a-zero",
      "creer-compte",
      "monter-iso",
      "ecran-raid",
      "licence",
      "lancer-installation",
    ])
      expect(statuses[step], step).toBe("satisfied");
    expect([server().era, nodeOf(project.lab.world, "pve1").bootTime]).toEqual(before);
    expect([...server().raid.volumes.keys()]).toEqual(["7"]);
    expect(captionsOf("figure-reused", await latestEvents(project.folder))).toEqual(BEFORE_THE_INSTALLATION);
  }, 240_000);
});
