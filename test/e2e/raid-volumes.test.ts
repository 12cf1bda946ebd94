import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { addAccount } from "../../lab/state/bmc.ts";
import { labProject, latestEvents, stepStatuses } from "../support/lab-run.ts";
import { tempFolder } from "../support/temp-folder.ts";

const TO_THE_VOLUMES = [
  "compte-pret",
  "systemes",
  "systeme",
  "stockages-redfish",
  "controleur-raid",
  "disques-physiques",
];
const ASKED = ["volumes-raid", "etat-du-volume", "supprimer-volume", "sans-volume"];

it("judges the state of each RAID volume of the controller, and deletes them all", async () => {
  const folder = await tempFolder();
  const { lab, constat } = await labProject(folder, { scenario: "deux-volumes", chapters: [1] });
  const server = lab.world.servers.get("pve1");
  if (server === undefined) throw new Error("pve1 has no server");
  const password = (await readFile(join(folder, "output/lab/secrets/bmc-password"), "utf8")).trim();
  addAccount(server.bmc, { user: "constat", password, displayName: "constat", role: "Administrator" });
  Object.assign(server, { power: "On", post: "FinishedPost" });
  const run = async () => {
    const only = [...TO_THE_VOLUMES, ...ASKED].flatMap((step) => ["--only", step]);
    const { stdout } = await constat("run", "runbooks", "--yes", "--no-report", ...only);
    return { stdout, statuses: await stepStatuses(folder) };
  };
  const [first, second] = [...server.raid.volumes.values()];
  if (first === undefined || second === undefined) throw new Error("the server has not two volumes");

  // One of them works: that is not what the chapter says, and nothing may be deleted.
  second.state = "online";
  const told = await run();
  expect(told.statuses, told.stdout).toMatchObject({ "volumes-raid": "passed", "etat-du-volume": "failed" });
  const finished = (await latestEvents(folder)).findLast(
    (event) => event.type === "step-finished" && event.step === "etat-du-volume",
  );
  const judged =
    finished?.type === "step-finished" && finished.outcome.status === "failed" && finished.outcome.judgements;
  expect(judged).toContainEqual(expect.objectContaining({ ok: true, obtained: expect.stringContaining("Critical") }));
  expect(judged).toContainEqual(expect.objectContaining({ ok: false, obtained: expect.stringContaining("OK") }));
  expect([...server.raid.volumes.keys()]).toEqual(["1", "2"]);

  second.state = "offline";
  const { stdout, statuses } = await run();
  expect(statuses, stdout).toMatchObject(Object.fromEntries(ASKED.map((step) => [step, "passed"])));
  expect([...server.raid.volumes.keys()]).toEqual([]);
}, 120_000);
