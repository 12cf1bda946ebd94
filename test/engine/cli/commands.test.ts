import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { createConfirm } from "../../../engine/cli/confirm.ts";
import { chapter, cliProject } from "../../support/cli-project.ts";

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
  it("counts the pictures that a measurement takes among the figures", async () => {
    const shot =
      "shots:\n  - { when: { of: ping, answers: true }, capture: réponse, view: datacenter/summary, expect: [{ row: { name: pve1 } }] }";
    const body = `within: 1s\nsamples: [{ ping: 127.0.0.1 }]\n${shot}`;
    const watch = `\`\`\`yaml {#mesure .watch on=pve1}\n${body}\n\`\`\`\n\n[ Capture : réponse ]`;
    const project = await cliProject({ "03.md": chapter(watch) });
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
  it("is silent about a sound document, and says where the mistakes of another are, as text and as JSON", async () => {
    const project = await cliProject({
      ...FILES,
      "04.md": chapter("```bash {#c .check on=local nimporte=1}\ntrue\n```", 4),
    });
    const sound = await project.here("lint", project.path("03.md"), "--inventory", project.path("inventaire.yaml"));
    expect([sound.code, sound.stdout, sound.stderr]).toEqual([0, "", ""]);
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

  it("says where an ssh configuration leads to, as the plan does, and why it leads nowhere", async () => {
    const inventory = (config: string) =>
      `nom: essai\nnodes:\n  pve1: { address: 192.0.2.1, ssh: { config: ${config}, user: root } }\n  pve2: { address: 192.0.2.2, ssh: { config: false } }\n`;
    const config = "Host 192.0.2.*\n  Port 2222\n  ProxyJump moi@bastion:22\nHost bastion\n  HostName 192.0.2.9\n";
    const project = await cliProject({
      ...FILES,
      "inventaire.yaml": inventory("ssh_config"),
      ssh_config: config,
      "autre.yaml": inventory("casse"),
      casse: "Host *\n  ProxyCommand nc %h %p\n",
    });
    const way = "root@192.0.2.1:2222, par moi@192.0.2.9:22, selon";
    const args = [project.path("03.md"), "-i", project.path("inventaire.yaml")];
    const { stdout } = await project.here("explain", "#b", ...args);
    expect(stdout).toContain(way);
    expect(stdout).toContain("ssh_config lignes 2, 3 et 5");
    expect(stdout).not.toContain("pve2");
    expect((await project.here("plan", ...args)).stdout).toContain(way);
    expect(JSON.parse((await project.here("plan", "--json", ...args)).stdout).access).toEqual([
      expect.stringContaining(way),
    ]);
    const broken = await project.here("plan", project.path("03.md"), "-i", project.path("autre.yaml"));
    expect([broken.code, broken.stdout]).toEqual([0, expect.stringContaining("casse ligne 2")]);
  });

  it("knows no block that is not there", async () => {
    const project = await cliProject(FILES);
    const ended = await project.here("explain", "absent", project.path("03.md"));
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining("BLOCK_UNKNOWN")]);
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

describe("createConfirm()", () => {
  const terminal = { out: () => {}, err: () => {}, style: (_: string, text: string) => text, interactive: true };
  const step = { id: "a" };

  it.each([
    ["o\n", true],
    ["oui\n", true],
    ["non\n", false],
    ["\n", false],
  ])("takes %j as %s", async (typed, agreed) => {
    const input = new PassThrough();
    input.end(typed);
    const confirm = createConfirm(false, terminal, input);
    expect(await confirm(step, "Continuer ?", new AbortController().signal)).toBe(agreed);
  });

  it("takes the end of the input and an interruption as no", async () => {
    const over = new PassThrough();
    over.end();
    expect(await createConfirm(false, terminal, over)(step, "?", new AbortController().signal)).toBe(false);
    const stop = new AbortController();
    const asked = createConfirm(false, terminal, new PassThrough())(step, "?", stop.signal);
    stop.abort();
    expect(await asked).toBe(false);
  });

  it("asks nobody when nobody is there", async () => {
    const alone = { ...terminal, interactive: false };
    expect(await createConfirm(false, alone)(step, "?", new AbortController().signal)).toBe(false);
    expect(await createConfirm(true, alone)(step, "?", new AbortController().signal)).toBe(true);
  });
});
