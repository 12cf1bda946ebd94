import { describe, expect, it } from "vitest";
import { labProject, latestEvents, stepStatuses } from "../support/lab-run.ts";
import { tempFolder } from "../support/temp-folder.ts";

describe("a lab on which everything is built", () => {
  it("satisfies every change of chapter 7, whose four figures are taken again", async () => {
    const folder = await tempFolder();
    const { constat } = await labProject(folder, { scenario: "termine", chapters: [7] });
    const { code, stdout, stderr } = await constat("run", "runbooks", "--yes", "--no-report");
    expect(code, `${stdout}\n${stderr}`).toBe(0);
    const statuses = await stepStatuses(folder);
    const changes = ["creer-zone", "creer-vnet", "creer-sous-reseau", "appliquer-sdn", "ajouter-carte"];
    const others = ["creer-pair", "demarrer-pair", "donner-adresses", "sdn-migrer"];
    for (const step of [...changes, ...others]) expect([step, statuses[step]]).toEqual([step, "satisfied"]);
    const filled = (await latestEvents(folder)).filter(({ type }) => type === "placeholder-filled");
    expect(filled).toHaveLength(4);
  }, 120_000);
});
