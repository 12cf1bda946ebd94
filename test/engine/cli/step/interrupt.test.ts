import { expect, test } from "vitest";
import { RUN, steppedProject } from "../../../support/stepped-project.ts";

const BLOCKS = `\`\`\`bash {#confirmer .action on=local}
#| confirm: "Vraiment ?"
echo fait
\`\`\`

\`\`\`text {.manual #noter asks=note}
Relevez la couleur du voyant.
\`\`\`

\`\`\`bash {#attendre .check on=local}
echo attend; sleep 300
\`\`\`

\`\`\`bash {#nettoyer .action on=local}
#| cleanup: true
echo propre; sleep 300
\`\`\`
`;

test("Ctrl-C does in each state what the screen says: back from a question, a step stopped, the run stopped, the clean-up stopped", async () => {
  const project = await steppedProject(BLOCKS);
  const { terminal: t } = project;
  t.enter(`${RUN}; echo "code $?"`);
  await t.shows(/q quitter/);
  t.press("p");
  await t.shows(/Motif pour passer #confirmer/);
  t.press("C-c");
  await t.shows(/── .1.4. #confirmer[\s\S]*q quitter/);
  t.press("Enter");
  await t.shows(/Vraiment \?[\s\S]*Ctrl-C revenir au choix/);
  t.press("C-c");
  await t.shows(/#confirmer est arrêtée[\s\S]*r réessayer/);
  t.press("p");
  await t.shows(/Motif pour passer outre #confirmer/);
  t.enter("vu sur place");
  await t.shows(/#noter — action[\s\S]*q quitter/);
  t.press("Enter");
  await t.shows(/Note \(une ligne\)/);
  t.press("C-c");
  await t.shows(/#noter est arrêtée[\s\S]*r réessayer/);
  t.press("r");
  await t.shows(/(Note \(une ligne\)[\s\S]*){2}/);
  t.enter("vert");
  await t.shows(/Vous attestez/);
  t.press("Enter");
  await t.shows(/── .3.4. #attendre[\s\S]*q quitter/);
  t.press("Enter");
  await t.shows(/local │ attend[\s\S]*Ctrl-C arrêter l’étape/);
  t.press("C-c");
  await t.shows(/#attendre est arrêtée[\s\S]*r réessayer/);
  t.press("r");
  await t.shows(/(local │ attend\n[\s\S]*){2}Ctrl-C arrêter l’étape/);
  t.press("C-c", "C-c");
  await t.shows(/Interruption : l’étape en cours est arrêtée, puis le nettoyage/);
  await t.shows(/Nettoyage : .4.4. #nettoyer/);
  t.press("C-c");
  await t.shows(/Pour reprendre là[\s\S]*code 130/);
  expect(project.decisions()).toEqual([
    ...["#confirmer run", "#confirmer interrupted", "#confirmer skipped", "#noter run", "#noter interrupted"],
    ...["#noter retried", "#attendre run", "#attendre interrupted", "#attendre retried", "#attendre interrupted"],
  ]);
}, 180_000);

test("Ctrl-C at the choice leaves, and so does q: the clean-up is done, and the terminal is as it was", async () => {
  const project = await steppedProject(
    BLOCKS.replace("; sleep 300\n```\n\n```bash {#nett", "\n```\n\n```bash {#nett").replace(
      "propre; sleep 300",
      "propre",
    ),
  );
  const { terminal: t } = project;
  for (const key of ["C-c", "q"]) {
    t.enter(`clear; ${RUN} --run r-${key}; echo "code $?"`);
    await t.shows(/q quitter/);
    t.press(key);
    await t.shows(/OK {6}#nettoyer[\s\S]*code 130/);
  }
  t.enter("stty -a | grep -o ' isig'");
  await t.shows(/ isig/);
}, 120_000);
