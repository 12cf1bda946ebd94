import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { updateManifest } from "../../../engine/evidence/index.ts";
import { chapter, cliProject, LOCAL_INVENTORY } from "../../support/cli-project.ts";

const SECRETS = `secrets:
  clef: { env: CLEF_ESSAI }
  rangee: { file: clef.txt }
  demandee: { command: "touch trace" }
`;

describe("constat seal, alone", () => {
  it("looks for the secrets of the recorded inventory, names those it does not know, and runs none of its commands", async () => {
    const files = { "03.md": chapter("```bash {#a .check on=local}\necho bonjour\n```"), "clef.txt": "rangee-4711\n" };
    const project = await cliProject({ ...files, "inventaire.yaml": LOCAL_INVENTORY + SECRETS });
    const ran = await project.constat(
      "run",
      "03.md",
      "-i",
      "inventaire.yaml",
      "--no-report",
      "--no-seal",
      "--run",
      "e",
    );
    expect(ran.code, ran.stderr).toBe(0);
    const sealed = await project.constat("seal", "output/e");
    expect(sealed.code, sealed.stderr).toBe(0);
    expect(sealed.stdout).toContain("Secrets cherchés dans tout le dossier, aucun trouvé : rangee.");
    expect(sealed.stderr).toContain("n’ont pas été cherchés : clef, demandee.");
    expect(readdirSync(project.folder)).not.toContain("trace");
    // A report that shows one, put there after the run.
    writeFileSync(join(project.path("output/e"), "data", "rapport.html"), "<p>rangee-4711</p>\n");
    await updateManifest(project.path("output/e"), ["data/rapport.html"]);
    const refused = await project.constat("seal", "output/e");
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain("SECRET_LEFT");
    expect(refused.stderr).toContain("Le secret « rangee » y est lisible");
  });
});
