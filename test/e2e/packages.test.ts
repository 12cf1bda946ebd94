import { expect, it } from "vitest";
import { nodeOf } from "../../lab/state/world.ts";
import { labProject, stepStatuses } from "../support/lab-run.ts";
import { tempFolder } from "../support/temp-folder.ts";

it("takes no package for installed of which only the configuration is left", async () => {
  const folder = await tempFolder();
  const { lab, constat } = await labProject(folder, { scenario: "trois-noeuds", chapters: [2, 7] });
  const asked = { "assistant-present": "pve1:xorriso", "paquets-sdn": "pve3:libpve-network-perl" };
  const only = Object.keys(asked).flatMap((step) => ["--only", step]);
  for (const name of ["proxmox-auto-install-assistant", "xorriso"])
    nodeOf(lab.world, "pve1").packages.set(name, "1.5.6-1.2+b1");
  const whole = await constat("run", "runbooks", "--yes", "--no-report", ...only);
  expect(await stepStatuses(folder), whole.stdout).toMatchObject({
    "assistant-present": "passed",
    "paquets-sdn": "passed",
  });
  for (const removed of Object.values(asked)) lab.world.faults.removedPackages.add(removed);
  await constat("run", "runbooks", "--yes", "--no-report", ...only);
  expect(await stepStatuses(folder)).toMatchObject({ "assistant-present": "failed", "paquets-sdn": "failed" });
}, 120_000);
