import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openRun } from "../../../../engine/evidence/index.ts";
import { buildReport } from "../../../../engine/report/index.ts";
import { RUN, steppedProject } from "../../../support/stepped-project.ts";

const BLOCKS = `## 3.1 Regarder

Le cluster s’appelle **{{nom_cluster}}** ; cette phrase est assez longue pour être repliée sur quatre-vingts colonnes.

\`\`\`bash {#un .check on=local}
echo "bonjour $nom_cluster"
echo "$ESSAI_MDP"
\`\`\`

\`\`\`bash {#deux .action on=local}
test rien = autre
\`\`\`

## 3.2 Modifier

\`\`\`bash {#trois .action on=local}
#| confirm: "Le fichier sera remplacé. Continuer ?"
echo ecrit > trois.txt
\`\`\`

\`\`\`bash {#quatre .action on=local}
#| confirm: "Vraiment ?"
echo ecrit > quatre.txt
\`\`\`

\`\`\`text {.manual #cinq asks=note}
Branchez le câble 3 sur le port 12.
\`\`\`

\`\`\`bash {#six .check on=local}
echo six
\`\`\`

\`\`\`bash {#sept .check on=local}
while ! test -e go; do sleep 0.1; done
\`\`\`

\`\`\`bash {#huit .check on=local}
echo huit
\`\`\`

\`\`\`bash {#neuf .check on=local}
echo neuf
\`\`\`
`;

test("a person takes a run through its steps: every key does what the screen says, and the journal keeps who decided what", async () => {
  const project = await steppedProject(BLOCKS);
  const { terminal: t } = project;
  t.enter(`${RUN}; echo "code $?"`);
  const first = await t.shows(/q quitter/);
  expect(first).toContain("3. Essai › 3.1 Regarder");
  expect(first).toContain("Le cluster s’appelle essai-1");
  expect(first).toContain("[1/9] #un — contrôle sur local");
  expect(first).toContain("nom_cluster=essai-1");
  expect(first).not.toContain("tres-secret");
  t.press("?");
  await t.shows(/Ctrl-L {2}affiche/);
  t.press("C-l");
  await t.shows(/#un — contrôle sur local \(03-essai/);
  t.press("l");
  await t.shows(/→ 1\..*#un[\s\S]*9\..*#neuf/);
  t.press("z");
  t.press("Enter");
  const second = await t.shows(/#deux — action[\s\S]*q quitter/);
  expect(second).toContain("local │ bonjour essai-1");
  t.press("Enter");
  await t.shows(/ÉCHEC {3}#deux[\s\S]*#deux n’a pas abouti[\s\S]*r réessayer/);
  t.press("r");
  await t.shows(/(ÉCHEC {3}#deux[\s\S]*){2}r réessayer/);
  t.press("m");
  await t.shows(/- test rien = autre\s+\+ test autre = autre\s+Motif de la modification/);
  t.enter("le nom était faux");
  await t.shows(/OK {6}#deux[\s\S]*#trois — action[\s\S]*q quitter/);
  t.press("Enter");
  await t.shows(/Le fichier sera remplacé. Continuer \?[\s\S]*o oui/);
  t.press("o");
  await t.shows(/OK {6}#trois[\s\S]*#quatre — action[\s\S]*q quitter/);
  t.press("Enter");
  await t.shows(/Vraiment \?[\s\S]*n non/);
  t.press("n");
  await t.shows(/IGNORÉ {2}#quatre[\s\S]*#cinq — action[\s\S]*q quitter/);
  t.press("Enter");
  await t.shows(/Note \(une ligne\)/);
  t.enter("port 12, étiquette bleue");
  await t.shows(/Vous attestez/);
  t.press("Enter");
  await t.shows(/OK {6}#cinq[\s\S]*#six — contrôle[\s\S]*q quitter/);
  t.press("p");
  await t.shows(/Motif pour passer #six/);
  t.enter("fait hier");
  await t.shows(/IGNORÉ {2}#six — Passée par l’opérateur : fait hier[\s\S]*#sept — contrôle/);
  t.press("a");
  await t.shows(/Aller à/);
  t.enter("cinc");
  await t.shows(/vouliez-vous dire #cinq/);
  t.press("a");
  await t.shows(/Aller à[^\n]*$/);
  t.enter("#six");
  await t.shows(/#six — contrôle sur local \(03[\s\S]*q quitter/);
  t.press("j");
  await t.shows(/Exécuter jusqu’à/);
  t.enter("8");
  await t.shows(/── .7.9. #sept[\s\S]*p pause après elle/);
  t.press("p");
  await t.shows(/p ne plus s’arrêter après elle/);
  readyToGo(project.folder);
  await t.shows(/OK {6}#sept[\s\S]*#huit — contrôle[\s\S]*q quitter/);
  t.press("f");
  await t.shows(/Exécution terminée[\s\S]*code 1/);
  expect(project.decisions()).toEqual([
    ...["#un run", "#deux run", "#deux retried", "#deux edited", "#trois run", "#trois confirmed"],
    ...["#quatre run", "#quatre declined", "#cinq run", "#six skipped", "#sept jumped"],
    ...["#six run-until", "#huit paused", "#huit run-rest"],
  ]);
  const edit = project.events().find((event) => event.type === "operator-decided" && event.choice.what === "edited");
  expect(edit).toMatchObject({
    by: { user: expect.stringMatching(/./), host: expect.stringMatching(/./) },
    choice: { before: "test rien = autre", after: "test autre = autre", reason: "le nom était faux" },
  });
  expect(JSON.stringify(project.events())).not.toContain("tres-secret");
  // The runbook is as it was, and the run's end says that not all was done as written.
  expect(readFileSync(project.path("03-essai.md"), "utf8")).toContain("test rien = autre");
  const report = await buildReport(await openRun(project.path("output/latest")));
  expect(report.verdict).toBe("non-conforming");
  expect(report.deviations.map(({ name }) => name)).toEqual(["deux", "quatre"]);
  expect(report.deviations[0]?.reason).toMatch(/modifié pour cette fois – .*@.*le nom était faux/);
  const block = report.blocks.find(({ step }) => step === "deux");
  expect(block?.decisions.map(({ changes }) => changes.map(({ mark, text }) => `${mark} ${text}`))).toEqual([
    [],
    ["- test rien = autre", "+ test autre = autre"],
  ]);
  const audit = await project.constat("audit", "output/latest");
  expect(audit.stdout).toMatch(/#deux[\s\S]*modifié pour cette fois par .*le nom était faux/);
}, 180_000);

function readyToGo(folder: string): void {
  writeFileSync(join(folder, "go"), "");
}
