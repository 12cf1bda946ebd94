import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { RUN, steppedProject } from "../../../support/stepped-project.ts";

const BLOCKS = `\`\`\`text {.manual #noter asks=note}
Relevez la couleur du voyant.
\`\`\`

\`\`\`bash {#present .check on=local}
test -e cree.txt
\`\`\`

\`\`\`bash {#creer .action on=local unless=#present}
echo creation >> cree.txt
\`\`\`

\`\`\`bash {#vide .check on=local}
test ! -e plus.txt
\`\`\`

\`\`\`bash {#ajouter .action on=local}
echo ajout >> plus.txt
\`\`\`

\`\`\`bash {#couper .action on=local}
echo "coupure $(cat coupures.txt 2>/dev/null)"; echo x >> coupures.txt; test -e go || sleep 300
\`\`\`

\`\`\`bash {#finir .check on=local}
echo fini
\`\`\`
`;

test("a run that was killed goes on where it stood: what was answered is there, what holds is proven, what was cut is asked about", async () => {
  const project = await steppedProject(BLOCKS);
  const { terminal: t } = project;
  t.enter(`touch cree.txt; rm cree.txt; ${RUN}`);
  await t.shows(/q quitter/);
  t.press("Enter");
  await t.shows(/Note \(une ligne\)/);
  t.enter("vert fixe");
  await t.shows(/Vous attestez/);
  t.press("Enter");
  await t.shows(/── .2.7. #present[\s\S]*q quitter/);
  t.press("p");
  await t.shows(/Motif/);
  t.enter("on sait qu’il manque");
  await t.shows(/── .3.7. #creer[\s\S]*q quitter/);
  t.press("f");
  await t.shows(/local │ coupure[\s\S]*Ctrl-C arrêter l’étape/);
  const journal = project.path("output/latest/data/journal.jsonl");
  const before = readFileSync(journal, "utf8");
  t.kill();
  await t.shows(/Killed/);
  writeFileSync(journal, `${readFileSync(journal, "utf8")}{"coupé`);
  writeFileSync(project.path("go"), "");
  // A shell without line editing is left as the dead left it.
  t.press("stty sane", "C-j");
  t.enter(`clear; ${RUN} --resume; echo "code $?"`);
  const resumed = await t.shows(/── .6.7. #couper[\s\S]*q quitter/);
  expect(resumed).toMatch(/DÉJÀ {4}#noter — Une personne y avait répondu/);
  expect(resumed).toMatch(/DÉJÀ {4}#present — Passée par l’opérateur : on sait/);
  expect(resumed).toMatch(/TIENT {3}#creer — #present le confirme/);
  expect(resumed).toMatch(/CHANGÉ {2}#vide — Cela tenait alors, et ne tient plus/);
  expect(resumed).toMatch(/GARDÉ {3}#ajouter/);
  t.press("Enter");
  await t.shows(/avait été coupée[\s\S]*o oui/);
  t.press("o");
  await t.shows(/OK {6}#couper[\s\S]*── .7.7. #finir[\s\S]*q quitter/);
  t.press("Enter");
  await t.shows(/Exécution terminée[\s\S]*code 1/);
  const after = readFileSync(journal, "utf8");
  expect(after.startsWith(before)).toBe(true);
  expect(readFileSync(project.path("cree.txt"), "utf8")).toBe("creation\n");
  expect(readFileSync(project.path("plus.txt"), "utf8")).toBe("ajout\n");
  const { stdout } = await project.constat("audit", "output/latest", "--json");
  const { findings } = JSON.parse(stdout) as { findings: { severity: string; rule: string; subject: string }[] };
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(findings.map(({ rule, subject }) => `${rule} ${subject}`)).toEqual(
    expect.arrayContaining([
      "step-changed #vide",
      "step-kept #ajouter",
      "step-not-run #present",
      "attempt-unfinished #couper",
    ]),
  );
}, 180_000);

test("without a terminal a resumed run goes on by itself, refuses what a person must decide, and refuses other runbooks", async () => {
  const project = await steppedProject(`\`\`\`bash {#un .check on=local}
echo un
\`\`\`

\`\`\`bash {#deux .action on=local}
test -e go
\`\`\`

\`\`\`bash {#trois .action on=local}
echo trois >> trois.txt
\`\`\`
`);
  const args = ["run", "03-essai.md", "-i", "inventaire.yaml", "--no-report"] as const;
  const refused = await project.constat(...args, "--step");
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("STEP_NO_TERMINAL") });
  expect((await project.constat(...args)).code).toBe(1);
  writeFileSync(project.path("go"), "");
  const second = await project.constat(...args, "--resume");
  expect(second.stdout).toMatch(/TIENT {3}#un[\s\S]*OK {6}#deux[\s\S]*OK {6}#trois/);
  expect(second.code).toBe(0);
  expect(second.stdout).toContain("scellement n° 2");
  const audit = await project.constat("audit", "output/latest", "--json");
  expect(
    JSON.parse(audit.stdout).findings.filter(({ severity }: { severity: string }) => severity === "error"),
  ).toEqual([]);
  writeFileSync(project.path("03-essai.md"), `${readFileSync(project.path("03-essai.md"), "utf8")}\nUn mot de plus.\n`);
  const changed = await project.constat(...args, "--resume");
  expect(changed).toMatchObject({ code: 2, stderr: expect.stringMatching(/RESUME_CHANGED.*03-essai\.md/) });
}, 120_000);
