import { expect, it } from "vitest";
import { poolBehind } from "../../lab/state/lvm/thin-pool.ts";
import { storageOf } from "../../lab/state/volumes.ts";
import { nodeOf } from "../../lab/state/world.ts";
import { labProject, latestEvents, stepStatuses } from "../support/lab-run.ts";
import { tempFolder } from "../support/temp-folder.ts";

it("does not show a storage that has grown while its graph knows the old size alone", async () => {
  const folder = await tempFolder();
  const { lab, constat } = await labProject(folder, { scenario: "trois-noeuds", chapters: [2] });
  const pve1 = nodeOf(lab.world, "pve1");
  const volume = poolBehind(pve1, storageOf(pve1, "local-lvm"))?.volume;
  if (volume === undefined) throw new Error("local-lvm stands on no pool");
  const { extents } = volume;
  // No whole minute has passed since.
  volume.past.push({ until: Number.MAX_SAFE_INTEGER, extents });
  volume.extents = extents * 2;
  const only = ["place-promise", "stockage-corrige"].flatMap((step) => ["--only", step]);
  await constat("run", "runbooks", "--yes", "--no-report", ...only);
  expect(await stepStatuses(folder)).toMatchObject({ "place-promise": "passed", "stockage-corrige": "failed" });
  const finished = (await latestEvents(folder)).findLast(
    (event) => event.type === "step-finished" && event.step === "stockage-corrige",
  );
  expect(JSON.stringify(finished)).toMatch(/rrddata/);
}, 120_000);
