import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { latestEvents } from "../support/lab-run.ts";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { testPng } from "../support/test-png.ts";

const INVENTORY = "nom: ici\nguard: loopback\nnodes: { pve1: { address: 127.0.0.1 } }\n";

/** A service of this machine that refuses while a file lies there. */
async function service(flag: string): Promise<string> {
  const server = createServer((_, answer) => {
    answer.statusCode = existsSync(flag) ? 503 : 200;
    answer.end("ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function project(runbook: string): Promise<string> {
  const folder = await tempFolder();
  await writeFile(join(folder, "01-essai.md"), `---\nconstat: 1\nchapitre: 1\n---\n\n# 1. Essai\n\n${runbook}`);
  await writeFile(join(folder, "inventaire.yaml"), INVENTORY);
  return folder;
}

const constat = (folder: string, command: string, ...args: readonly string[]) =>
  runCli([command, "01-essai.md", "--inventory", "inventaire.yaml", ...args], { cwd: folder });

describe("constat with blocks that look on, ask and write", () => {
  it("measures an interruption during an action and draws it into the report", async () => {
    const flag = join(await tempFolder(), "panne");
    const url = await service(flag);
    const folder = await project(`
\`\`\`bash {#panne .action on=local timeout=20s}
touch ${flag}; sleep 1.5; rm ${flag}
\`\`\`

\`\`\`yaml {#mesure .watch on=local during=#panne}
every: 100ms
until: { of: service, answers: true }
samples: [{ name: service, http: "${url}" }]
expect: [{ interruption: { of: service, min: 500ms, max: 30s } }]
\`\`\`

\`\`\`bash {#compte .check on=local timeout=20s}
printf 'un\\ndeux\\n'
\`\`\`

\`\`\`text {.expect}
un
trois
\`\`\`
`);
    const { code, stdout, stderr } = await constat(folder, "run");
    expect(code, `${stdout}${stderr}`).toBe(1);
    expect(stdout).toMatch(/OK +#mesure/);
    expect(stdout).toContain("- trois\n        + deux");
    const html = await readFile(join(folder, "output/latest/data/rapport.html"), "utf8");
    expect(html).toMatch(/<svg class="chart" role="img" aria-label="Ligne de temps de [^"]*sans réponse de [^"]*"/);
    expect(html).toMatch(/<th scope="row">service<\/th>[\s\S]*entre \d+,\d\u00a0s et \d+,\d\u00a0s/);
    expect(html).toContain('<span class="diff-missing">- trois</span>');
    const samples = (await latestEvents(folder)).flatMap((event) =>
      event.type === "attempt-finished" ? event.artefacts.filter(({ role }) => role === "samples") : [],
    );
    expect(samples).toHaveLength(1);
    expect((await runCli(["audit", "--no-render", "output/latest"], { cwd: folder })).stdout).not.toMatch(
      /altér|manqu/i,
    );
  }, 60_000);

  const MANUAL = `
\`\`\`text {#baie .manual}
#| capture: la baie
Photographier la baie.
\`\`\`

[ Capture : la baie ]
`;

  it("leaves a picture that only a person can take, and the plan says why", async () => {
    const folder = await project(MANUAL);
    const plan = await constat(folder, "plan");
    expect(plan.stdout).toContain("personne ne peut répondre ici");
    const { code, stdout } = await constat(folder, "run", "--no-report");
    expect([code, stdout.includes("0/1")]).toEqual([4, true]);
  }, 30_000);

  it("fills it from a folder of pictures, and the report says that nobody attested it", async () => {
    const folder = await project(MANUAL);
    await mkdir(join(folder, "images"));
    await writeFile(join(folder, "images", "la baie.png"), testPng(60, 40));
    const { code, stdout, stderr } = await constat(folder, "run", "--pictures", "images");
    expect(code, `${stdout}${stderr}`).toBe(0);
    const html = await readFile(join(folder, "output/latest/data/rapport.html"), "utf8");
    expect(html).toContain("image fournie par fichier (la baie.png)");
    expect(html).toContain("sans personne pour l’attester");
  }, 60_000);

  it("refuses what it cannot ask when no other block stands in for it", async () => {
    const folder = await project("```text {#note .manual}\nLire le compteur.\n```\n");
    const { code, stdout } = await constat(folder, "run", "--no-report");
    expect(code).toBe(3);
    expect(stdout).toMatch(/demande une personne, et il n’y a pas de terminal/);
  }, 30_000);

  it("writes a file once and leaves it alone the second time", async () => {
    const path = join(await tempFolder(), "a.conf");
    const folder = await project(`\`\`\`ini {#ecrire .file on=local path="${path}" timeout=20s}\n[a]\n\`\`\`\n`);
    const output = async (name: string) => {
      await constat(folder, "run", "--no-report", "--run", name);
      return readFile(join(folder, "output", name, "data/terminal/bloc-001.out"), "utf8");
    };
    expect(await output("un")).toContain("+[a]");
    expect(await output("deux")).toContain("inchangé");
    await rm(path);
  }, 30_000);
});
