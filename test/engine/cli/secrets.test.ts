import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { auditRun } from "../../../engine/audit/index.ts";
import { openRun } from "../../../engine/evidence/index.ts";
import { chapter, cliProject, LOCAL_INVENTORY } from "../../support/cli-project.ts";

const SECRET = "correct-horse-battery";
const INVENTORY = `${LOCAL_INVENTORY}secrets:\n  clef: { env: CLEF }\n`;
const run = ["run", "03.md", "--inventory", "inventaire.yaml", "--no-report", "--run", "essai"];

describe("a secret of the inventory", () => {
  it("is covered from the first block on, before any block has asked for it", async () => {
    const text = chapter('```bash {#a .check on=local}\nprintf "%s\\n" "$CLEF"\n```');
    const project = await cliProject({ "03.md": text, "inventaire.yaml": INVENTORY }, { CLEF: SECRET });
    const ended = await project.constat(...run, "--reporter", "detail");
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout + ended.stderr).not.toContain(SECRET);
    const record = await openRun(join(project.folder, "output", "essai"));
    expect((await record.read("terminal/bloc-001.out")).toString()).not.toContain(SECRET);
  });

  it("that is left in the evidence stops the delivery", async () => {
    const text = chapter(`Un cheval : ${SECRET}.\n\n\`\`\`bash {#a .check on=local}\ntrue\n\`\`\``);
    const project = await cliProject({ "03.md": text, "inventaire.yaml": INVENTORY }, { CLEF: SECRET });
    const ended = await project.constat(...run);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain("data/runbook/03.md (clef)");
    expect(ended.stderr).not.toContain(SECRET);
  });
});

describe("--reuse", () => {
  it("takes nothing from another site: its figures show other machines", async () => {
    const text = chapter("```bash {#a .check on=local}\ntrue\n```");
    const project = await cliProject({
      "03.md": text,
      "labo.yaml": LOCAL_INVENTORY.replace("nom: essai", "nom: essai\nsimule: laboratoire simulé"),
    });
    await project.constat("run", "03.md", "--inventory", "labo.yaml", "--no-report", "--run", "labo");
    expect((await auditRun(join(project.folder, "output", "labo"))).findings).toEqual([]);
    const ended = await project.constat(...run, "--reuse", "output/labo");
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain("REUSE_OTHER_SITE");
  });
});
