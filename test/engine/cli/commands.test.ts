import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { chapter, cliProject, LOCAL_INVENTORY } from "../../support/cli-project.ts";

const TEXT = chapter(
  [
    "```bash {#a .check on=local timeout=5s}\necho bonjour\n```",
    '```bash {#b .action on=pve1 unless=#a capture="état"}\n#| expect: ok\necho "$node_address"\n```',
    "[ Capture : état ]",
  ].join("\n\n"),
);
const INVENTORY = [
  "nom: essai",
  "guard: loopback",
  "nodes:",
  "  pve1: { address: 127.0.0.1, ssh: { identity: ~/clef } }",
  "",
].join("\n");
const FILES = { "03.md": TEXT, "inventaire.yaml": INVENTORY };

describe("misuse of the command line ends with 2 and says in French", () => {
  it.each([
    ["an unknown option", ["plan", "--nimporte"], "option inconnue « --nimporte »"],
    ["an unknown command", ["nimporte"], "commande inconnue « nimporte »"],
    ["a choice that is none", ["run", "--reporter", "joli"], "« joli » n’est pas un choix de --reporter"],
    ["an option without its value", ["plan", "--only"], "--only attend une valeur"],
    ["a missing argument", ["explain"], "il manque l’argument « id »"],
    ["one argument too many", ["audit", "a", "b"], "trop d’arguments"],
    ["a chapter that is no number", ["plan", "--chapter", "trois"], "un numéro de chapitre est attendu"],
    ["a path that is not there", ["lint", "/nonexistent.md"], "n’existe pas"],
    ["a document that is no runbook", ["plan", join(import.meta.dirname, "commands.test.ts")], "n’est pas un runbook"],
    ["a run that is none", ["audit", "/nonexistent"], "n’est pas un dossier d’exécution"],
  ])("%s", async (_, args, said) => {
    const { here } = await cliProject({});
    const ended = await here(...args);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(said);
    expect(ended.stderr).not.toMatch(/\berror:|INTERNE/);
  });

  it("a run without an inventory", async () => {
    const project = await cliProject({ "textes/03.md": TEXT });
    const ended = await project.here("plan", project.path("textes"));
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining("INVENTORY_MISSING")]);
  });

  it.each([
    ["is no YAML", "titre: [", "rapport.yaml"],
    ["has an unknown key", "titr: x\n", "rapport.yaml"],
    ["is empty", "", "rapport.yaml"],
  ])("a rapport.yaml that %s", async (_, text, said) => {
    const project = await cliProject({ ...FILES, "rapport.yaml": text });
    const ended = await project.here("plan", project.path("03.md"), "-i", project.path("inventaire.yaml"));
    expect(ended.code, ended.stderr).toBe(2);
    expect(ended.stderr).toContain(said);
  });

  it("an inventory that is a folder", async () => {
    const project = await cliProject(FILES);
    mkdirSync(project.path("dossier"));
    const ended = await project.here("plan", project.path("03.md"), "-i", project.path("dossier"));
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining("est un dossier")]);
  });
});

describe("constat plan", () => {
  it("says first which machines, whether they are real, and what a person will be asked; then again at the step", async () => {
    const text = chapter(
      [
        "```bash {#a .action on=pve1}\n#| confirm: Le disque va être effacé. Continuer ?\ntrue\n```",
        "```bash {#b .action on=pve1 confirm=true tags=autre}\ntrue\n```",
        "```text {#geste .manual .check on=pve1}\nBranchez le câble.\n```",
      ].join("\n\n"),
    );
    const project = await cliProject({
      "03.md": text,
      "site.yaml": INVENTORY,
      "lab.yaml": `simule: laboratoire simulé\n${INVENTORY}`,
    });
    const plan = (...args: readonly string[]) => project.here("plan", project.path("03.md"), ...args);
    const { stdout, stderr } = await plan("-i", project.path("site.yaml"));
    const [head = "", steps = ""] = stdout.split("\n\n");
    expect(head, stderr).toContain("site.yaml — « essai », machines réelles : pve1 (127.0.0.1)");
    expect(head).toContain("Confirmations demandées : 2 (#a, #b) ; --yes");
    expect(head).toContain("Gestes demandés à une personne : ");
    expect(steps).toContain("   demande une confirmation : Le disque va être effacé. Continuer ?\n");
    const lab = await plan("-i", project.path("lab.yaml"), "--only", "b");
    expect(lab.stdout).toContain("laboratoire simulé, aucune machine réelle : pve1");
    expect(lab.stdout).toContain("Confirmations demandées : 1 (#b)");
    const json = JSON.parse((await plan("-i", project.path("lab.yaml"), "--only", "b", "--json")).stdout);
    expect(json.inventory).toMatchObject({ name: "essai", simulated: "laboratoire simulé" });
    expect(json.steps.map(({ confirm }: { confirm: string | null }) => confirm)).toEqual([
      null,
      "Cette étape modifie les machines. Continuer ?",
      null,
    ]);
  });

  it("takes a file out of its folder with its own chapter, and a folder with all that rapport.yaml names", async () => {
    const step = "```bash {#a .check on=local}\ntrue\n```";
    const project = await cliProject({
      "textes/03.md": chapter(step, 3),
      "textes/04.md": chapter(step.replace("#a", "#b"), 4),
      "textes/rapport.yaml": "titre: x\nchapitres: [4, 3, 5]\n",
    });
    const plan = (...paths: readonly string[]) =>
      project.here("plan", ...paths.map(project.path), "-i", project.path("inventaire.yaml"));
    const one = await plan("textes/03.md");
    expect([one.code, one.stderr]).toEqual([0, ""]);
    expect(one.stdout).toMatch(/Chapitres : 3\n[\s\S]*1 étapes sur 1/);
    expect((await plan("textes/03.md", "textes/04.md")).stdout).toMatch(/1\. #b[\s\S]*2\. #a/);
    const whole = await plan("textes");
    expect([whole.code, whole.stderr]).toEqual([2, expect.stringContaining("chapitre 5, qu’aucun runbook n’écrit")]);
  });

  it("counts the pictures that a measurement takes among the figures", async () => {
    const shot =
      "shots:\n  - { when: { of: ping, answers: true }, capture: réponse, view: datacenter/summary, expect: [{ row: { name: pve1 } }] }";
    const body = `within: 1s\nsamples: [{ ping: 127.0.0.1 }]\n${shot}`;
    const watch = `\`\`\`yaml {#mesure .watch on=pve1}\n${body}\n\`\`\`\n\n[ Capture : réponse ]`;
    const site = `${LOCAL_INVENTORY}secrets: { root_password: { env: ROOT } }\n`;
    const project = await cliProject({ "03.md": chapter(watch), "inventaire.yaml": site });
    const { stdout, stderr } = await project.here("plan", project.path("03.md"), "-i", project.path("inventaire.yaml"));
    expect(stdout, stderr).toContain("1/1 figures prévues");
  });

  it("names every step with its targets and what it would run, as text and as JSON, and touches nothing", async () => {
    const project = await cliProject(FILES);
    const args = ["plan", project.path("03.md"), "-i", project.path("inventaire.yaml")];
    const shown = await project.here(...args);
    expect(shown.code, shown.stderr).toBe(0);
    for (const part of [
      "1. #a — contrôle sur local",
      "2. #b — action sur pve1",
      "│ node_address=127.0.0.1",
      "ignorée si #a",
    ])
      expect(shown.stdout).toContain(part);
    const { steps, placeholders } = JSON.parse((await project.here(...args, "--json")).stdout);
    expect(steps).toMatchObject([
      { id: "a", role: "check", targets: ["local"], timeoutMs: 5_000 },
      { id: "b", role: "action", unless: ["a"], fills: "3-etat", runs: 'node_address=127.0.0.1\necho "$node_address"' },
    ]);
    expect(placeholders).toMatchObject([{ id: "3-etat", candidates: ["b"], chosen: "b" }]);
  });

  it("shows what differs from target to target", async () => {
    const inventory = `${INVENTORY}  pve2: { address: 127.0.0.2, ssh: { identity: ~/clef } }\n`;
    const text = chapter('```bash {#a .check on=pve1,pve2}\necho "$node_address"\n```');
    const project = await cliProject({ "03.md": text, "inventaire.yaml": inventory });
    const { stdout } = await project.here("plan", project.path("03.md"), "-i", project.path("inventaire.yaml"));
    expect(stdout).toContain("node_address=127.0.0.1");
    expect(stdout).toContain("node_address=127.0.0.2");
  });

  it("survives a reader that goes away", async () => {
    const many = Array.from(
      { length: 400 },
      (_, n) => `\`\`\`bash {#b${n} .check on=local}\necho ${"x".repeat(300)}\n\`\`\``,
    );
    const project = await cliProject({ ...FILES, "03.md": chapter(many.join("\n\n")) });
    const child = project.start("plan", "03.md", "-i", "inventaire.yaml");
    let complaint = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    child.stdout?.once("data", () => child.stdout?.destroy());
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect([code, complaint]).toEqual([0, ""]);
  });
});

describe("constat lint", () => {
  it("says that nothing is wrong, or nothing at all, and says where the mistakes of another are, as text and as JSON", async () => {
    const project = await cliProject({
      ...FILES,
      "04.md": chapter("```bash {#c .check on=local nimporte=1}\ntrue\n```", 4),
    });
    const sound = await project.here("lint", project.path("03.md"), "--inventory", project.path("inventaire.yaml"));
    expect([sound.code, sound.stdout, sound.stderr]).toEqual([0, "1 runbook, 2 blocs : rien à signaler.\n", ""]);
    const quiet = await project.here(
      "lint",
      "-q",
      project.path("03.md"),
      "--inventory",
      project.path("inventaire.yaml"),
    );
    expect([quiet.code, quiet.stdout, quiet.stderr]).toEqual([0, "", ""]);
    const args = ["lint", project.path("04.md"), "--inventory", project.path("inventaire.yaml")];
    const broken = await project.here(...args);
    expect([broken.code, broken.stdout]).toEqual([2, ""]);
    expect(broken.stderr).toMatch(/04\.md:7:\d+ erreur .*nimporte/);
    const json = await project.here(...args, "--json");
    expect(json.code).toBe(2);
    expect(JSON.parse(json.stdout)).toMatchObject([{ line: 7, severity: "error", rule: expect.any(String) }]);
  });
});

describe("constat explain", () => {
  it("says where each setting comes from", async () => {
    const project = await cliProject(FILES);
    const { code, stdout } = await project.here("explain", "#b", project.path("03.md"));
    expect(code).toBe(0);
    expect(stdout).toMatch(/#b — shell, action, .*03\.md:11/);
    expect(stdout).toMatch(/unless = "#a" {2}\(bloc, .*03\.md:11:\d+\)/);
    expect(stdout).toMatch(/timeout = .* {2}\(défaut\)/);
  });

  it("knows no block that is not there", async () => {
    const project = await cliProject(FILES);
    const ended = await project.here("explain", "absent", project.path("03.md"));
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining("BLOCK_UNKNOWN")]);
    const near = await project.here("explain", "bb", project.path("03.md"));
    expect(near.stderr).toContain("Vouliez-vous dire #b ");
    const swapped = await project.here("explain", project.path("03.md"), project.path("03.md"));
    expect(swapped.stderr).toContain("L’identifiant du bloc vient d’abord");
  });
});

describe("constat run --reporter json", () => {
  it("writes events and nothing else, and works from another folder on paths with spaces", async () => {
    const text = chapter("```bash {#a .check on=local}\necho bonjour\n```");
    const project = await cliProject({ "textes du site/03.md": text, "ailleurs/x": "" });
    const ended = await project.constat(
      "run",
      join(project.folder, "textes du site"),
      ...["-i", "inventaire.yaml", "--output", "sortie ici", "--reporter", "json", "--run", "essai"],
    );
    expect(ended.code, ended.stderr).toBe(0);
    const types = ended.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).type);
    expect(types.at(0)).toBe("run-started");
    expect(types.at(-1)).toBe("run-finished");
    expect(ended.stderr).toContain("rapport.pdf");
    const audited = await project.constat("audit", join("sortie ici", "essai"));
    expect(audited.code, audited.stdout).toBe(0);
  });
});
