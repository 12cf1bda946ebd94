import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesBelow, openRun } from "../../engine/evidence/index.ts";
import { hashPassword } from "../../lab/state/password-hash.ts";
import { nodeOf } from "../../lab/state/world.ts";
import { chapterRun, expectFilled } from "../support/chapter-run.ts";
import { labProject, latestEvents, stepStatuses } from "../support/lab-run.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { testPng } from "../support/test-png.ts";

const DIALECTS = process.env["CONSTAT_TESTS"] === "full" ? (["9", "8.4"] as const) : (["9"] as const);

const CAPTIONS = [
  "stockage insuffisant lors des premières tentatives",
  "installation de Proxmox sur pve2",
  "configuration réseau de pve2",
  "interface web de pve2 après installation",
  "installation de Proxmox sur pve3",
  "interface web de pve3",
  "commandes d’extension des volumes",
  "stockage disponible après correction",
];

describe.each(DIALECTS)("chapter 2 on the lab of Proxmox VE %s", (dialect) => {
  const run = chapterRun({ scenario: "pve1-seul", dialect, chapters: [2] }, { report: true, timeoutMs: 300_000 });

  it("makes the two nodes, fills all eight placeholders and leaves the report", () => {
    expectFilled(run, CAPTIONS);
  });

  it("left nodes as the machines on pve1 are: sizes, addresses, names, one password for all three", () => {
    const { world } = run.project.lab;
    const host = nodeOf(world, "pve1");
    for (const [vmid, name, address] of [
      [102, "pve2", "10.202.4.32"],
      [103, "pve3", "10.202.4.33"],
    ] as const) {
      const node = nodeOf(world, name);
      expect(host.guests.get(vmid)?.hostedNode).toBe(name);
      expect([node.power, node.rootPassword]).toEqual(["on", host.rootPassword]);
      expect(node.hardware.memory).toBe(8 * 2 ** 30);
      expect(node.hardware.disks.map(({ size }) => size / 2 ** 30)).toEqual([32, 32]);
      expect(node.interfaces.find(({ type }) => type === "bridge")).toMatchObject({
        address,
        gateway: "10.202.255.254",
      });
    }
    expect(host.lvm.groups[0]?.physical.map(({ path }) => path)).toEqual(["/dev/sda3", "/dev/sdc"]);
  });

  it("keeps the refusal of the run.first upload in Proxmox's own words", async () => {
    const refused = await outputOf("premier-envoi");
    expect(refused).toMatch(
      /^cp: error writing '\/var\/lib\/vz\/template\/iso\/proxmox-ve\.iso': No space left on device$/m,
    );
    expect(refused).toMatch(/^import failed: command 'cp -- .*' failed: exit code 1$/m);
    expect(await outputOf("extension-refusee")).toMatch(
      /Insufficient free space: 5120 extents needed, but only \d+ available/,
    );
  });

  it("stores neither the password nor its hash, and leaves no answers on pve1", async () => {
    const password = (await readFile(join(run.project.folder, "output/lab/secrets/root-password"), "utf8")).trim();
    const secrets = [password, hashPassword(password)];
    expect(secrets[1]).toMatch(/^\$y\$/);
    for (const path of await filesBelow(run.firstRun, "data")) {
      const content = await readFile(join(run.firstRun, path));
      for (const secret of secrets) expect(content.includes(secret), path).toBe(false);
    }
    const volumes = [...nodeOf(run.project.lab.world, "pve1").volumes.keys()];
    expect(volumes.filter((volid) => volid.includes("reponses"))).toEqual([]);
    expect(volumes).toContain("local:iso/proxmox-ve-auto.iso");
  });

  it("keeps an assertion on the data with each of the eight captures", () => {
    for (const event of run.events) {
      if (event.type !== "placeholder-filled") continue;
      const outcomes = run.events.flatMap((other) =>
        other.type === "attempt-finished" && event.attempts.includes(other.attempt) ? [other.outcome] : [],
      );
      for (const outcome of outcomes) {
        const judged = outcome.status === "passed" ? outcome.judgements.length : 0;
        expect(judged, event.placeholder).toBeGreaterThan(event.figure.type === "terminal" ? 1 : 0);
      }
    }
  });

  it("changes nothing when it is run again, and keeps the pictures of what is no more to be seen", async () => {
    const { world } = run.project.lab;
    const state = () =>
      JSON.stringify(
        [...world.nodes.values()].map(({ lvm, tasks, volumes }) => [lvm, tasks.length, [...volumes.keys()]]),
      );
    const before = state();
    const second = await run.project.constat("run", "runbooks", "--yes", "--no-report", "--reuse", run.firstRun);
    expect(second.code, `${second.stdout}\n${second.stderr}`).toBe(0);
    const statuses = await stepStatuses(run.project.folder);
    const actions = [
      "premier-envoi",
      "agrandir-racine",
      "envoyer-iso",
      "preparer-iso",
      "creer-pve2",
      "reponses-pve2",
      "demarrer-pve2",
    ];
    for (const step of [...actions, "creer-pve3", "demarrer-pve3", "etendre-volumes"])
      expect(statuses[step], step).toBe("satisfied");
    expect(state()).toBe(before);
    const reused = (await latestEvents(run.project.folder)).filter((event) => event.type === "figure-reused");
    expect(reused).toHaveLength(4);
  }, 240_000);

  /** What a step printed, both channels. */
  async function outputOf(step: string): Promise<string> {
    const record = await openRun(run.firstRun);
    const finished = run.events.findLast((event) => event.type === "attempt-finished" && event.step === step);
    if (finished?.type !== "attempt-finished") throw new Error(`no attempt of ${step}`);
    const texts = finished.artefacts.filter(({ role }) => role === "stdout" || role === "stderr");
    return (await Promise.all(texts.map(async ({ path }) => (await record.read(path)).toString("utf8")))).join("\n");
  }
});

describe("chapter 2 where pve2 and pve3 are machines of their own", () => {
  it("makes nothing, asks a person for what cannot be seen any more, and photographs the rest", async () => {
    const folder = await tempFolder();
    const { lab, constat } = await labProject(folder, { chapters: [2] });
    const inventory = join(folder, "output/lab/inventory.yaml");
    const site = { noeuds_virtuels: "non", incident_espace: "non", incident_volumes: "non" };
    await appendFile(inventory, `vars: ${JSON.stringify(site)}\n`);
    const given = CAPTIONS.filter((caption) => /insuffisant|^installation|commandes/.test(caption));
    await mkdir(join(folder, "photos"));
    for (const caption of given) await writeFile(join(folder, "photos", `${caption}.png`), testPng(320, 200));
    const before = JSON.stringify([...lab.world.nodes.values()].map(({ tasks, lvm }) => [tasks.length, lvm]));
    const photos = ["--pictures", join(folder, "photos")];
    const { code, stdout, stderr } = await constat("run", "runbooks", "--yes", "--no-report", ...photos);
    expect(code, `${stdout}\n${stderr}`).toBe(0);
    const filled = (await latestEvents(folder)).flatMap((event) =>
      event.type === "placeholder-filled" ? [event.figure.type] : [],
    );
    expect(filled).toHaveLength(8);
    expect(JSON.stringify([...lab.world.nodes.values()].map(({ tasks, lvm }) => [tasks.length, lvm]))).toBe(before);
  }, 180_000);
});
