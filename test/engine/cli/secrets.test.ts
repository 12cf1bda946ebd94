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
    expect(ended.stderr).toContain("data/runbook/03.md : Le secret « clef » y est lisible");
    expect(ended.stderr).not.toContain(SECRET);
  });
});

describe("the secrets that a run needs", () => {
  const NODE =
    "nom: essai\nguard: loopback\nnodes:\n  pve1: { address: 127.0.0.1, pve: { port: 9, password: passe } }\n";
  const REQUEST = "```http {#a .check on=pve1}\nGET /x\nX-Jeton: {{secrets.clef}}\n```";

  it("are listed by the plan, by name and origin, without their values", async () => {
    const project = await cliProject(
      {
        "03.md": chapter(REQUEST),
        "inventaire.yaml": `${NODE}secrets:\n  clef: { env: CLEF }\n  passe: { env: PASSE }\n`,
      },
      { CLEF: SECRET },
    );
    const shown = await project.constat("plan", "03.md", "-i", "inventaire.yaml");
    expect(shown.code, shown.stderr).toBe(0);
    expect(shown.stdout).toContain("clef (variable CLEF), par #a");
    expect(shown.stdout).toContain("x-jeton: {{secrets.clef}}");
    const { secrets } = JSON.parse((await project.constat("plan", "03.md", "-i", "inventaire.yaml", "--json")).stdout);
    expect(secrets).toEqual([
      { name: "clef", reference: { from: "env", name: "CLEF" }, steps: ["a"] },
      { name: "passe", reference: { from: "env", name: "PASSE" }, steps: ["a"] },
    ]);
    expect(shown.stdout + JSON.stringify(secrets)).not.toContain(SECRET);
  });

  it.each(["plan", "run"])(
    "stop `constat %s` with line and column when the inventory does not declare them",
    async (command) => {
      const site = `${NODE}secrets:\n  passe: { env: PASSE }\n`;
      const project = await cliProject({ "03.md": chapter(REQUEST), "inventaire.yaml": site });
      const ended = await project.constat(command, "03.md", "-i", "inventaire.yaml");
      expect(ended.code).toBe(2);
      expect(ended.stderr).toMatch(/03\.md:9:12 erreur le bloc #a demande le secret «.clef.»/);
    },
  );

  it("are missed aloud before the first step when their value is not there", async () => {
    const text = chapter(
      "```bash {#a .check on=local}\n#| pty: true\n#| answers: { prompt: jamais, secret: clef }\ntrue\n```",
    );
    const project = await cliProject({ "03.md": text, "inventaire.yaml": INVENTORY });
    const ended = await project.constat(...run);
    expect(ended.stderr).toMatch(
      /03\.md:9:\d+ avertissement Le secret «.clef.» est introuvable.*CLEF est vide.*Demandé par #a/,
    );
    expect(ended.code).toBe(3);
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
    expect(
      (await auditRun(join(project.folder, "output", "labo"))).findings.filter(({ severity }) => severity !== "note"),
    ).toEqual([]);
    const ended = await project.constat(...run, "--reuse", "output/labo");
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain("REUSE_OTHER_SITE");
  });
});
