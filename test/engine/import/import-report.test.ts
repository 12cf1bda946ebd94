import { VFile } from "vfile";
import { describe, expect, it } from "vitest";
import { importReport } from "../../../engine/import/import-report.ts";
import { parseRunbook } from "../../../engine/runbook/index.ts";
import { proseReport } from "../../support/prose-report.ts";

const choices = { markdown: false, title: "Rapport" };
const imported = (text: string) => importReport(text, choices);
const whole = (text: string, markdown = false) =>
  importReport(text, { ...choices, markdown })
    .chapters.map((chapter) => chapter.text)
    .join("\n");

describe("importReport()", () => {
  it("makes seven skeletons of a report of seven chapters, every placeholder in its place", () => {
    const { text, captions } = proseReport();
    const report = imported(text);
    expect(report.chapters.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(report.chapters.map(({ placeholders }) => placeholders.map(({ caption }) => caption))).toEqual(captions);
    expect(captions.flat()).toHaveLength(49);
    expect(report.written).toBe(49);
    expect(whole(text)).not.toContain("ZebreVert42");
    expect(report.secrets).toHaveLength(7);
    expect(report.left).toEqual([]);
    for (const { file, text: runbook } of report.chapters) {
      const read = new VFile({ path: file, value: runbook });
      const { blocks, placeholders } = parseRunbook(read);
      expect(read.messages.map(String)).toEqual([]);
      expect(new Set(blocks.map(({ settings }) => settings.capture))).toEqual(
        new Set(placeholders.map(({ caption }) => caption)),
      );
    }
  });

  it.each([
    ["a wrapped placeholder", "1. A\n\n    [ Capture : écran de\n    sélection ]\n", ["écran de sélection"]],
    [
      "several in one line",
      "1. A\n\n[ Capture : un ] [Capture: deux]  [ CAPTURE\u00a0: trois ]\n",
      ["un", "deux", "trois"],
    ],
    ["one after a bullet", "1. A\n\n  • vérifier l’état [ Capture : état ]\n", ["état"]],
    ["one in a sentence", "1. A\n\nVoir [ Capture : vue ] plus bas.\n", ["vue"]],
    ["one in a table", "1. A\n\nnom\timage\nun\t[ Capture : tableau ]\n", ["tableau"]],
    ["two with the same caption", "1. A\n\n[ Capture : vue ]\n\n[ Capture : vue ]\n", ["vue", "vue (2)"]],
    ["one without a caption", "1. A\n\n[ Capture : ]\n", ["à préciser 1"]],
    [
      "quotes, braces and a colon",
      '1. A\n\n[ Capture : écran “Disks” : {a} "b" # c ]\n',
      ['écran “Disks” : {a} "b" # c'],
    ],
    ["before any chapter", "[ Capture : seule ]\n", ["seule"]],
  ])("serves %s", (_, text, captions) => {
    const [chapter] = imported(text).chapters;
    expect(chapter?.placeholders.map(({ caption }) => caption)).toEqual(captions);
    const file = new VFile({ path: "01.md", value: chapter?.text ?? "" });
    const { blocks } = parseRunbook(file);
    expect(file.messages.map(String)).toEqual([]);
    expect(blocks.map(({ settings }) => settings.capture).sort()).toEqual([...captions].sort());
  });

  it.each([
    ["its caption", "1. A\n\n[ Capture : disques de pve\u20112 ]\n", "pve-2"],
    ["the sentence above", "1. A\n\nDepuis pve1, on crée le cluster.\n\n[ Capture : création ]\n", "pve1"],
    ["every node", "1. A\n\nSur chaque nœud, on regarde.\n\n[ Capture : disques ]\n", undefined],
    ["no node at all", "1. A\n\nLe pont de vmbr0 passe sur eth0.\n\n[ Capture : pont ]\n", undefined],
  ])("takes the target from %s", (_, text, target) => {
    expect(imported(text).chapters[0]?.placeholders[0]?.target).toBe(target);
  });

  it("says that a picture concerns every node, in a comment", () => {
    expect(whole("1. A\n\nSur chaque nœud, on regarde.\n\n[ Capture : disques ]\n")).toContain(
      "<!-- import : cible d’après « chaque nœud » : on=@noeuds -->",
    );
  });

  it.each([
    [
      "a list is no chapter",
      "1. Un\n1.1. Début\n\n1. faire ceci,\n2. faire cela.\n\n2. Deux\n2.1. Suite\n\nFin.\n",
      [1, 2],
    ],
    ["a chapter without sections", "1. Un\n1.1. Début\n\nTexte.\n\n2. Conclusion\n\nTexte.\n", [1, 2]],
    ["a date is no title", "1. Un\n\n12 novembre, on commence.\n\n2026 fut bien.\n", [1]],
    ["an address is no title", "3. Réseau\n3.1. Adresses\n\n3.2.1.7 est la passerelle.\n10.0.0.1 aussi\n", [3]],
    ["words before the number", "Chapitre 1 : Un\n\nTexte.\n\nChapitre 2 – Deux\n\nTexte.\n", [1, 2]],
    ["no chapter", "Du texte seul.\n", [1]],
    ["nothing", " \n\f\n", []],
  ])("finds the chapters: %s", (_, text, numbers) => {
    expect(imported(text).chapters.map(({ number }) => number)).toEqual(numbers);
  });

  it("leaves a table of contents out, with page numbers or without", () => {
    const body = "1. Un\n1.1. Début\n\nTexte un.\n\n2. Deux\n2.1. Suite\n\nTexte deux.\n";
    const entries = ["1. Un", "1.1. Début", "2. Deux", "2.1. Suite"];
    for (const ending of ["", " ........ 12", "\t12", " . . . . 3"]) {
      for (const heading of ["Sommaire\n\n", "TABLE DES MATIÈRES\n", ""]) {
        const text = `${heading}${entries.map((entry) => `${entry}${ending}`).join("\n")}\n\n${body}`;
        const report = imported(text);
        expect(
          report.chapters.map(({ text: chapter }) => chapter),
          text,
        ).toEqual(imported(body).chapters.map(({ text: chapter }) => chapter));
        expect(report.left.length, text).toBe(heading === "" ? 4 : 5);
        expect(new Set(report.left.map(({ why }) => why))).toEqual(new Set(["table des matières"]));
      }
    }
  });

  it("leaves out what pages repeat, and their numbers; a sentence over two pages stays one", () => {
    const page = (number: number, text: string) => `Rapport interne – v${number}\n\n${text}\n\nPage ${number} / 3\n`;
    const text = [page(1, "1. Un\n\nPremière"), page(2, "seconde page."), page(3, "2. Deux\n\nFin.")].join("\f");
    const { left, chapters } = imported(text);
    expect(left.map(({ why }) => why).sort()).toEqual([
      ...Array<string>(3).fill("en-tête ou pied de page"),
      ...Array<string>(3).fill("numéro de page"),
    ]);
    expect(chapters).toHaveLength(2);
    expect(whole(text)).not.toMatch(/Rapport interne|Page/);
  });

  it("gives commands a fence that does not run, hyphens and quotes as typed", () => {
    const report = imported(
      "1. A\n\nOn lance :\n\n    pvecm create prod \u2011\u2011link0 10.0.0.1\n\nroot@pve\u20111:~# pvecm status\nQuorate: Yes\n\nip est un mot.\n",
    );
    expect(report.commands.map(({ command, host }) => [command, host])).toEqual([
      ["pvecm create prod --link0 10.0.0.1", undefined],
      ["pvecm status", "pve-1"],
    ]);
    const text = report.chapters[0]?.text ?? "";
    expect(text).toContain("```sh\npvecm create prod --link0 10.0.0.1\n```");
    expect(text).toContain("```console\nroot@pve-1:~# pvecm status\nQuorate: Yes\n```");
    expect(parseRunbook(new VFile({ path: "01.md", value: text })).blocks).toEqual([]);
  });

  it.each([
    ["in a sentence", "Mot de passe : celui de l’installation. (Zebre42x)"],
    ["on the next line", "Mot de passe :\n\n    Zebre42x"],
    ["in a command", "mysql --password=Zebre42x base"],
    ["again without a word about it", "mot de passe : Zebre42x\n\nroot / Zebre42x\n\n[ Capture : page Zebre42x ]"],
    ["in a title", "mot de passe : Zebre42x\n\n2. Après Zebre42x\n\nFin."],
  ])("repeats no secret: %s", (_, text) => {
    const report = imported(`1. A\n\n${text}\n`);
    expect(report.secrets.length).toBeGreaterThan(0);
    expect(JSON.stringify(report)).not.toMatch(/zebre42x/i);
  });

  it("takes a private key out with all its lines", () => {
    const report = imported("1. A\n\n-----BEGIN PRIVATE KEY-----\nMIIabc\n-----END PRIVATE KEY-----\n\nSuite.\n");
    expect(JSON.stringify(report)).not.toContain("MIIabc");
    expect(whole("1. A\n\nSuite.\n")).toContain("Suite.");
  });

  it("leaves Markdown as it is, but for titles without marks and placeholders that are code there", () => {
    const text =
      "---\ntitle: x\n---\n\n# Un\n\n- liste *vive*\n\n      [ Capture : dans la liste ]\n\n```sh\n# pas un titre\n```\n\n    [ Capture : indenté ]\n\n# Deux\n\n| a |\n|---|\n| [ Capture : case ] |\n";
    const report = importReport(text, { ...choices, markdown: true });
    expect(report.chapters.map(({ title, placeholders }) => [title, placeholders.length])).toEqual([
      ["1. Un", 2],
      ["2. Deux", 1],
    ]);
    expect(report.chapters[0]?.text).toContain("- liste *vive*");
    expect(report.chapters[0]?.text).toContain("# pas un titre");
  });

  it("imports its own output again without a change in what is asked", () => {
    const { text } = proseReport();
    const once = imported(text).chapters;
    const again = importReport(once.map((chapter) => chapter.text.replace(/^---[\s\S]*?---\n/, "")).join("\n"), {
      ...choices,
      markdown: true,
    }).chapters;
    expect(again.map(({ placeholders }) => placeholders.length)).toEqual(
      once.map(({ placeholders }) => placeholders.length),
    );
    expect(again[2]?.text).toBe(once[2]?.text);
  });
});
