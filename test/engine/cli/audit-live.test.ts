import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditRun } from "../../../engine/audit/index.ts";
import { writeManifest } from "../../../engine/evidence/index.ts";
import { chapter, cliProject } from "../../support/cli-project.ts";
import { type LiveSite, startLiveSite } from "../../support/live-site.ts";
import { passed, writeRunFolder } from "../../support/run-folder.ts";
import type { StepSpec } from "../../support/run-folder-spec.ts";

let site: LiveSite;
beforeAll(async () => {
  site = await startLiveSite();
});
afterAll(() => site.stop());

const fence = (head: string, body: string): string => `\`\`\`${head}\n${body}\n\`\`\`\n`;

/** Every kind of action, each of which leaves a trace on the machine or at the service; and checks that stand around them. */
const runbook = (): string =>
  chapter(
    [
      fence("bash {#pas-encore .check on=pve1 timeout=30s}", 'ls "$traces" | head -n 0; hostname | head -n 0'),
      fence(
        "bash {#agir .action on=pve1 timeout=30s verify=#agi retry=1}",
        '#| save: { jeton: "jeton (\\\\w+)" }\ntouch "$traces/action"; echo "jeton abc"',
      ),
      fence("bash {#agi .check on=pve1 timeout=30s exigence=E-1}", "true"),
      fence("bash {#agir-ici .action on=local timeout=30s}", 'touch "$traces/local"'),
      fence('text {#ecrire .file on=pve1 path="{{traces}}/fichier" timeout=30s}', "contenu"),
      fence("http {#poster .action on=local timeout=30s}", "POST {{origine}}/action"),
      fence("bash {#ranger .action on=pve1 timeout=30s cleanup=true}", 'touch "$traces/cleanup"'),
      fence("bash {#fond .action on=local timeout=30s background=true}", 'touch "$traces/fond"; sleep 60'),
      fence(
        "bash {#valeur .check on=pve1 timeout=30s exigence=E-1 needs=#agir}",
        'echo "relevé $jeton"; date +%s%N | head -c 0',
      ),
      fence(
        "http {#api .check on=local timeout=30s exigence=E-2}",
        "#| expect: { json: { path: $.data.quorate, equals: true } }\nGET {{origine}}/api",
      ),
      fence(
        'yaml {#page .browser .check on=local timeout=60s capture="liste des nœuds" exigence=E-2}',
        'open: "{{origine}}/"\nviewport: { width: 640, height: 400 }\nscale: 1\nexpect: [{ text: Nœuds }]',
      ),
      "[ Capture : liste des nœuds ]\n",
    ].join("\n"),
  );

test("audit --live of a run with every kind of action runs its checks alone, and names what drifted", async () => {
  const project = await cliProject({
    "03.md": runbook().replaceAll("{{origine}}", site.origin),
    "inventaire.yaml": site.inventory(),
    "rapport.yaml": "titre: Essai\nexigences: { E-1: traces, E-2: nœuds, E-3: rien }\n",
  });
  const made = await project.here(
    "run",
    project.path("03.md"),
    "-i",
    project.path("inventaire.yaml"),
    "--output",
    project.path("output"),
    "--run",
    "releve",
    "--yes",
    "--no-report",
    "--no-seal",
  );
  expect(made.code, made.stdout + made.stderr).toBe(0);
  const run = join(project.folder, "output", "releve");
  // All of them do leave their trace, so that their absence says something.
  expect([...site.left()].sort()).toEqual(["action", "cleanup", "fichier", "fond", "local"]);
  expect(site.sent).toEqual(["POST /action"]);
  for (const name of site.left()) rmSync(join(site.traces, name));
  site.sent.length = 0;
  const live = (...args: readonly string[]) =>
    project.here(
      "audit",
      "--live",
      run,
      "-i",
      project.path("inventaire.yaml"),
      "--output",
      project.path("audits"),
      ...args,
    );

  {
    const { code, stdout, stderr } = await live();
    expect(stdout + stderr).toContain("pve1 : analyse des commandes, et enclos en lecture seule");
    expect(stdout, stderr).toMatch(/Toujours vrai : 5 contrôles redemandés\. Preuves : non scellé/);
    expect(stdout).toMatch(
      /E-1 tient \(2 contrôles\) : traces\n {2}E-2 tient \(2 contrôles\) : nœuds\n {2}E-3 non contrôlée/,
    );
    expect([code, site.left(), site.sent]).toEqual([0, [], []]);
  }

  {
    site.shows.rows = ["pve1", "pve2"];
    site.shows.quorate = false;
    const sarif = project.path("derive.sarif");
    const { code, stdout } = await live("--json", "--sarif", sarif);
    site.shows.rows = ["pve1", "pve2", "pve3"];
    site.shows.quorate = true;
    const result = JSON.parse(stdout);
    const found = result.findings.map(
      (each: { rule: string; subject: string; severity: string }) => `${each.severity} ${each.rule} ${each.subject}`,
    );
    expect(found).toEqual([
      "error drift-failed #api",
      "warning drift-answer #api",
      "warning drift-answer #api",
      "warning drift-answer #page",
      "warning drift-figure #page",
    ]);
    expect(result.findings[2]).toMatchObject({
      requirements: ["E-2"],
      details: ["$.data.rows[2] : pve3 → —", "$.data.quorate : true → false"],
      place: { file: "03.md" },
    });
    expect(result.requirements.map(({ id, state }: { id: string; state: string }) => `${id} ${state}`)).toEqual([
      "E-1 holds",
      "E-2 drift",
      "E-3 unchecked",
    ]);
    expect(result.protection).toEqual([expect.objectContaining({ target: "pve1", state: "enclosed" })]);
    expect(JSON.parse(readFileSync(sarif, "utf8")).runs[0].results[0]).toMatchObject({
      ruleId: "drift-failed",
      level: "error",
    });
    expect([code, site.left(), site.sent]).toEqual([1, [], []]);
    // What the audit saw can be shown later: its folder stands by itself, with the result in it.
    expect(JSON.parse(readFileSync(join(result.live, "data", "derive.json"), "utf8"))).toEqual(result);
    const own = await auditRun(result.live);
    expect(own.findings.filter(({ severity, rule }) => severity === "error" && rule !== "step-not-passed")).toEqual([]);
    expect(readFileSync(`${result.live}.html`, "utf8")).toContain("liste des nœuds");
  }

  {
    const text = readFileSync(join(run, "data", "journal.jsonl"), "utf8");
    const copy = project.path("output/releve/data/runbook/03.md");
    const source = readFileSync(copy, "utf8");
    writeFileSync(copy, source.replace("true", "touch $traces/change"));
    const broken = await live();
    writeFileSync(copy, source);
    expect([broken.code, broken.stdout]).toEqual([1, expect.stringContaining("aucune machine n’a été interrogée")]);
    expect(text).toContain("machine-id");
    const misused = await project.here("audit", run, "--trust-checks");
    expect([misused.code, misused.stderr]).toEqual([
      2,
      expect.stringContaining("--trust-checks ne sert qu’avec --live"),
    ]);
    expect(site.left()).toEqual([]);
  }
}, 300_000);

/** Blocks that say `.check` and change something all the same; each with the line that is named. */
const MISLABELLED: readonly (readonly [id: string, kind: StepSpec["kind"], head: string, body: string])[] = [
  ["touche", "shell", "bash {#touche .check on=pve1}", "true\ntouch /srv/trace"],
  ["service", "shell", "bash {#service .check on=pve1}", "systemctl restart ssh"],
  ["cree", "shell", "bash {#cree .check on=pve1}", "pvesh create /pools --poolid x"],
  ["regle", "shell", "bash {#regle .check on=pve1}", "pvesh set /cluster/options"],
  ["efface", "shell", "bash {#efface .check on=pve1}", "pvesh delete /pools/x"],
  ["demarre", "shell", "bash {#demarre .check on=pve1}", "qm start 100"],
  ["cache", "shell", "bash {#cache .check on=pve1}", 'cat <<FIN\n$(touch "$traces/cache")\nFIN'],
  ["inconnu", "shell", "bash {#inconnu .check on=pve1}", 'perl -e \'open(F, ">", "$ENV{traces}/inconnu")\''],
  ["maison", "shell", "bash {#maison .check on=pve1}", 'f() { "$1" "$traces/maison"; }; f touch'],
  ["poste", "http", "http {#poste .check on=local}", "POST {{origine}}/a"],
  ["met", "http", "http {#met .check on=local}", "PUT {{origine}}/a"],
  ["supprime", "http", "http {#supprime .check on=local}", "# commentaire\nDELETE {{origine}}/a"],
  [
    "presse",
    "browser",
    "yaml {#presse .browser .check on=local}",
    'open: "{{origine}}/"\nsteps: [{ click: Redémarrer }]',
  ],
  ["envoie", "browser", "yaml {#envoie .browser .check on=local}", 'open: "{{origine}}/"\nsteps: [{ click: Envoyer }]'],
];

test("audit --live of checks that are no checks refuses each with its line, and nothing is touched", async () => {
  const project = await cliProject({ "inventaire.yaml": site.inventory() });
  const blocks = MISLABELLED.map(([, , head, body]) => fence(head, body));
  const text = chapter(blocks.join("\n").replaceAll("{{origine}}", site.origin));
  const folder = await writeRunFolder({
    root: project.path("output"),
    inventoryText: site.inventory(),
    settings: "titre: Essai\n",
    runbooks: [{ file: "03.md", text, chapter: 3, title: "Essai" }],
    scope: [3],
    steps: MISLABELLED.map(([id, kind, head]) => ({
      id,
      ...(kind !== undefined && { kind }),
      chapter: 3,
      targets: [head.includes("on=local") ? "local" : "pve1"],
      requirements: ["E-9"],
      tries: [{ target: head.includes("on=local") ? "local" : "pve1", sent: id, outcome: passed() }],
    })),
  });
  await writeManifest(folder);
  const audit = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await project.here(
      "audit",
      "--live",
      folder,
      "-i",
      project.path("inventaire.yaml"),
      "--output",
      project.path("audits"),
      "--json",
      ...args,
    );
    return { code, result: stdout.startsWith("{") ? JSON.parse(stdout) : stdout + stderr };
  };

  {
    const { code, result } = await audit("--trust-checks");
    expect(code).toBe(1);
    expect(result.findings[0]).toMatchObject({ rule: "other-nodes", severity: "error", subject: "pve1" });
    expect(result.checks).toEqual([]);
  }

  for (const more of [[], ["--trust-checks"]]) {
    const { code, result } = await audit("--other-nodes", ...more);
    const named = new Map<string, string>(
      result.findings.map((each: { subject: string; rule: string; place?: { line: number; column: number } }) => [
        each.subject,
        `${each.rule}${each.place === undefined ? "" : ` ${each.place.line}:${each.place.column}`}`,
      ]),
    );
    const lines = readFileSync(join(folder, "data", "runbook", "03.md"), "utf8").split("\n");
    for (const [id, kind] of MISLABELLED) {
      // What is not known runs where it is trusted, enclosed.
      if (more.length > 0 && (id === "inconnu" || id === "maison")) continue;
      const told = named.get(`#${id}`);
      expect(told, id).toMatch(/^check-(?:changes|unproven) \d+:\d+$/);
      const [, line = 0, column = 0] = /(\d+):(\d+)$/.exec(told ?? "")?.map(Number) ?? [];
      const at = lines[line - 1]?.slice(column - 1) ?? "";
      if (kind === "browser") expect(at, id).toContain(`#${id}`);
      else expect(at, id).toMatch(/^(?:touch|systemctl|pvesh|qm|perl|"?\$1|POST|PUT|DELETE)/);
    }
    expect(code).toBe(1);
    expect([site.left(), site.sent]).toEqual([[], []]);
  }
}, 300_000);
