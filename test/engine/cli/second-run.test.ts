import { appendFile, readdir } from "node:fs/promises";
import { expect, it } from "vitest";
import { openRun } from "../../../engine/evidence/index.ts";
import { buildReport } from "../../../engine/report/index.ts";
import { chapter, cliProject, LOCAL_INVENTORY } from "../../support/cli-project.ts";
import { faceOf } from "../../support/read-report.ts";

const TEXT = chapter(
  [
    '```bash {#avant .check on=local capture="avant" unless=#fait}\n#| expect: rien encore\necho rien encore\n```',
    "[ Capture : avant ]",
    '```bash {#faire .action on=local unless=#fait}\ntouch "$temoin"\n```',
    '```bash {#fait .check on=local}\ntest -e "$temoin"\n```',
  ].join("\n\n"),
);

/** A figure of what was there before: only the first run can take it. The inventory stands on two others. */
async function project() {
  const made = await cliProject({
    "03.md": TEXT.replace(
      "chapitre: 3\n",
      "chapitre: 3\nvariables:\n  temoin: { default: absent, description: témoin }\n",
    ),
    "inventaire.yaml": "extends: site.yaml\n",
    "site.yaml": "extends: commun.yaml\nvars: { lieu: atelier }\n",
    "commun.yaml": LOCAL_INVENTORY,
  });
  await appendFile(made.path("commun.yaml"), `vars: { temoin: ${JSON.stringify(made.path("temoin"))} }\n`);
  const run = (name: string, ...more: readonly string[]) =>
    made.here(
      ...["run", made.path("03.md"), "-i", made.path("inventaire.yaml"), "--output", made.path("output")],
      ...["--no-report", "--run", name, ...more],
    );
  return { ...made, run, audit: (name: string) => made.here("audit", "--no-render", made.path(`output/${name}`)) };
}

it("a second run is told to reuse, and then says everywhere how many figures are from the first", async () => {
  const { run, audit, path } = await project();
  const first = await run("premiere");
  expect([first.code, first.stdout], first.stderr).toEqual([0, expect.stringContaining("figures 1/1.\n")]);

  expect((await run("seconde")).code).toBe(4);
  const empty = await audit("seconde");
  expect([empty.code, empty.stdout]).toEqual([1, expect.stringContaining("→ Relancez avec « --reuse <exécution> »")]);

  const third = await run("troisieme", "--reuse", path("output/premiere"));
  expect([third.code, third.stdout], third.stderr).toEqual([
    0,
    expect.stringContaining("figures 1/1, dont 1 reprise."),
  ]);
  expect((await audit("troisieme")).stdout).toContain("Figures 1/1, dont 1 reprise. Intègre");
  const report = await buildReport(await openRun(path("output/troisieme")));
  expect(report.counts.placeholders).toEqual({ filled: 1, expected: 1, reused: 1, given: 0 });
  const html = await faceOf(report, "print");
  expect(html).toContain("<strong>1/1</strong>, dont 1 reprise d’une exécution antérieure</td>");
  expect(html).toContain("Reprise de l’exécution <code>premiere</code></td>");
}, 30_000);

it("keeps the inventories that the inventory extends, names them in the report, and misses a byte of them", async () => {
  const { run, audit, path } = await project();
  await run("essai");
  const kept = (await readdir(path("output/essai/data/runbook"))).sort();
  const bases = ["inventaire-base-2.yaml", "inventaire-base.yaml", "inventaire.yaml"];
  expect(kept).toEqual(["03.md", ...bases, "rapport.yaml"]);
  const { environment, integrity } = await buildReport(await openRun(path("output/essai")));
  expect(environment.inventory.files.map(({ file }) => file)).toEqual(bases);
  expect(integrity.files.map((file) => file.path)).toEqual(
    expect.arrayContaining(bases.map((name) => `runbook/${name}`)),
  );
  expect((await audit("essai")).code).toBe(0);
  await appendFile(path("output/essai/data/runbook/inventaire-base-2.yaml"), "# autre\n");
  expect((await audit("essai")).stdout).toContain("ERREUR runbook/inventaire-base-2.yaml");
}, 30_000);
