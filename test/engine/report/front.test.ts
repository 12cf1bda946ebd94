import { expect, it } from "vitest";
import type { DeviationCard } from "../../../engine/model/report-front.ts";
import { faceOf, oneChapter, reportOf } from "../../support/read-report.ts";
import { sampleRun } from "../../support/report-run.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const TITLE = "titre: Essai\n";

async function ofText(text: string, settings = "") {
  return reportOf({ ...oneChapter(await tempFolder(), text, []), settings: TITLE + settings });
}

it("explains the terms that the prose uses, none that only code uses, and what the author adds, changes or takes away", async () => {
  const text = "Le *Ceph* de la VM et l'OSD.\n\n`VXLAN`\n\n```\nRBD\n```\n\n<!-- MTU -->\n\nFichier SDN-01.";
  const settings = 'glossaire: { PRA: "plan de l\'activité", ceph: le nôtre, VM: null }\n';
  const { purpose } = await ofText(text, settings);
  const terms = purpose.glossary.map(({ term }) => term);
  expect(terms).toEqual([
    ...["action", "bloc", "ceph", "contrôle", "empreinte (SHA-256)", "journal", "OSD", "pièce", "PRA"],
  ]);
  expect(purpose.glossary.find(({ term }) => term === "PRA")?.meaning).toBe("plan de l’activité");
  const english = await ofText("A VM.", "langue: en\n");
  expect(english.purpose.glossary.find(({ term }) => term === "VM")?.meaning).toBe("virtual machine");
});

it("says what the author says of purpose, scope, documents and notes, in the typography of the language", async () => {
  const settings =
    "objet: |\n  Pourquoi ? Pour **tout**[^1].\n\n  [^1]: ou presque\nperimetre: Les nœuds\ndocuments: [Charte n° 3]\nnotes: |\n  - une\n  - deux\n";
  const report = await ofText("Texte.", settings);
  expect(report.purpose.object.html).toContain("<p>Pourquoi\u202f? Pour <strong>tout</strong>");
  expect(report.purpose.object.html).toContain("ou presque");
  expect(report.purpose.documents).toEqual(["Charte n°\u00a03"]);
  const print = await faceOf(report, "print");
  expect(print).toMatch(/id="objet"[\s\S]*Les nœuds[\s\S]*id="environnement"/);
  expect(print).toMatch(/Annexe E – Notes<\/h1>[\s\S]*<li>deux<\/li>/);
  expect(await faceOf(await ofText("Texte."), "print")).not.toContain("Annexe E");
});

it("numbers the tables in the order of the pages, by the author's caption above or below, else by the section", async () => {
  const table = "| a |\n| - |\n| 1 |";
  const text = `## 1.1. Adresses\n\n${table}\n\nTableau : les \`ports\` de l'hôte\n\n${table}\n\nFin.\n\n${table}\n\nTable: Below\n`;
  const report = await ofText(text);
  const captions = report.tables.filter(({ anchor }) => anchor.startsWith("tableau-1-"));
  expect(captions.map(({ caption }) => caption)).toEqual(["Adresses", "les ports de l’hôte", "Below"]);
  const print = await faceOf(report, "print");
  const shown = [
    ...print.matchAll(/<caption id="([^"]*)"><span class="number">Tableau(?:&nbsp;|\u00a0)(\d+)<\/span>/g),
  ];
  expect(shown.map(([, anchor, number]) => [anchor, Number(number)])).toEqual(
    report.tables.map(({ anchor, number }) => [anchor, number]),
  );
  expect(print).not.toContain("Tableau : les");
});

it("every table of the engine that has a number is in the list of tables, and the other way round", async () => {
  const report = await reportOf(await sampleRun(await tempFolder()));
  const print = await faceOf(report, "print");
  const shown = [...print.matchAll(/<caption id="([^"]*)">/g)].map(([, anchor]) => anchor);
  expect(shown).toEqual(report.tables.map(({ anchor }) => anchor));
  for (const { anchor } of report.tables) expect(print).toContain(`data-page-of="${anchor}"`);
  expect(report.tables.map(({ number }) => number)).toEqual(report.tables.map((_, index) => index + 1));
});

it("gives each deviation a card: gravest first, what follows from it, and who answers for it until when", async () => {
  const settings = `${TITLE}ecarts:\n  - { sur: "#etat-web", action: Relancer l'interface, responsable: A. Martin, echeance: 2027-01-01 }\n  - { sur: "fenêtre de création du cluster", gravite: majeure, impact: aucun }\n`;
  const run = await sampleRun(await tempFolder());
  const { cards } = await reportOf({ ...run, settings });
  const brief = ({ name, grade, impact, action, owner, due }: DeviationCard) => [
    name,
    grade,
    impact,
    action,
    owner,
    due,
  ];
  expect(cards.map(({ number, anchor }) => [number, anchor])).toEqual(cards.map((_, i) => [i + 1, `ecart-${i + 1}`]));
  expect(cards.map(({ grade }) => grade)).toEqual(["major", "major", "major", "minor"]);
  expect(cards.map(brief)).toContainEqual([
    "etat-web",
    "major",
    ["1 étape n’a pas pu s’exécuter", "Capture non produite\u00a0: état du cluster dans l’interface"],
    ...["Relancer l’interface", "A. Martin", "2027-01-01"],
  ]);
  expect(cards.map(brief)).toContainEqual(["fenêtre de création du cluster", "major", ["aucun"], "", "", ""]);
  const print = await faceOf(await reportOf({ ...run, settings, run: "again" }), "print");
  expect(print).toContain("1er janvier 2027".replaceAll(" ", "\u00a0"));
  expect(print).toMatch(/Responsable<\/th><td><em class="to-fill">à compléter/);
});
