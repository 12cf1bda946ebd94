import { VFile } from "vfile";
import { describe, expect, it } from "vitest";
import { checkReferences, parseReportSettings, parseWaiverFile } from "../../../engine/settings/index.ts";

const said = (file: VFile) =>
  file.messages.map(
    ({ line, column, ruleId, reason, note, fatal }) =>
      `${fatal ? "" : "~"}${line}:${column} ${ruleId} ${reason} → ${note}`,
  );

const WAIVER = "  - { id: DER-01, bloc: '#quorum', motif: pièce commandée, auteur: A. Martin, echeance: 2027-03-31 }\n";

describe("parseReportSettings()", () => {
  it("reads requirements and waivers", () => {
    const file = new VFile({
      path: "rapport.yaml",
      value: `titre: Essai\nexigences: { SEC-12: Comptes nominatifs, DISPO-3: }\nderogations:\n${WAIVER}`,
    });
    const read = parseReportSettings(file);
    expect(said(file)).toEqual([]);
    expect(read?.settings.exigences).toEqual({ "SEC-12": "Comptes nominatifs", "DISPO-3": null });
    expect(read?.waivers).toEqual([
      {
        id: "DER-01",
        covers: { type: "step", name: "quorum" },
        reason: "pièce commandée",
        by: "A. Martin",
        until: "2027-03-31",
      },
    ]);
  });

  it.each<[string, string, readonly string[]]>([
    [
      "a key that is mistyped",
      "titre: A\nexigence: {}\n",
      ["2:1 unknown-key Clé inconnue « exigence ». → Vouliez-vous dire « exigences » ?"],
    ],
    ...(["cartouche", "diffusion", "versions", "horodatage", "couleur"] as const).map(
      (key): [string, string, readonly string[]] => [
        `${key} with a letter too many`,
        `titre: A\n${key}x: 1\n`,
        [`2:1 unknown-key Clé inconnue « ${key}x ». → Vouliez-vous dire « ${key} » ?`],
      ],
    ),
    [
      "a key of a person that is mistyped",
      "titre: A\ncartouche:\n  - { role: Rédaction, noms: A. Martin }\n",
      ["3:24 unknown-key Clé inconnue « noms ». → Vouliez-vous dire « nom » ?"],
    ],
    [
      "a version without a subject",
      "titre: A\nversions:\n  - { version: '1.0', date: 2026-11-22 }\n",
      ["3:5 missing-key Il manque la clé « objet ». → Écrivez objet: Première diffusion."],
    ],
    [
      "an authority that is no address",
      "titre: A\nhorodatage: demain\n",
      [
        "2:13 bad-value Valeur de « horodatage » refusée : adresse http:// ou https:// attendue. → Écrivez horodatage: https://horodatage.example/tsr.",
      ],
    ],
    [
      "a chapter that cannot be",
      "titre: A\nchapitres: [0]\n",
      [
        "2:13 bad-value Valeur de « chapitres » refusée : numéro de chapitre attendu, à partir de 1. → Écrivez chapitres: [1, 2, 3].",
      ],
    ],
    [
      "a title that is missing",
      "version: '1'\n",
      ["1:1 missing-key Il manque la clé « titre ». → Écrivez titre: Mise en place d’un cluster."],
    ],
    [
      "a requirement whose name holds a space",
      "titre: A\nexigences:\n  SEC 12: x\n",
      [
        "3:3 bad-value Valeur de « SEC 12 » refusée : identifiant d’exigence attendu, par exemple SEC-12. → Corrigez cette valeur ; docs/rapport-pdf.md et docs/derogations.md en donnent des exemples.",
      ],
    ],
    [
      "a waiver without an end",
      "titre: A\nderogations:\n  - id: D\n    bloc: x\n    motif: y\n    auteur: z\n",
      ["3:5 missing-key Il manque la clé « echeance ». → Écrivez echeance: 2027-03-31."],
    ],
    [
      "a day that does not exist",
      "titre: A\nderogations:\n  - { id: D, bloc: x, motif: y, auteur: z, echeance: 2027-02-30 }\n",
      [
        "3:54 bad-value Valeur de « echeance » refusée : date attendue, par exemple 2027-03-31. → Écrivez echeance: 2027-03-31.",
      ],
    ],
    [
      "a waiver that covers nothing",
      "titre: A\nderogations:\n  - { id: D, motif: y, auteur: z, echeance: 2027-02-28 }\n",
      [
        "3:5 waiver-subject La dérogation « D » ne dit pas ce qu’elle couvre. → Écrivez une seule des clés bloc, figure, exigence ou constatation.",
      ],
    ],
    [
      "a waiver that covers two things",
      "titre: A\nderogations:\n  - { id: D, bloc: a, figure: b, motif: y, auteur: z, echeance: 2027-02-28 }\n",
      [
        "3:5 waiver-subject La dérogation « D » couvre plusieurs choses. → Écrivez une seule des clés bloc, figure, exigence ou constatation.",
      ],
    ],
    [
      "the same waiver twice",
      `titre: A\nderogations:\n${WAIVER}${WAIVER}`,
      ["4:11 waiver-twice La dérogation « DER-01 » est écrite deux fois. → Donnez à chacune son identifiant."],
    ],
    [
      "a mistyped key of a waiver",
      "titre: A\nderogations:\n  - { id: D, block: a, motif: y, auteur: z, echeance: 2027-02-28 }\n",
      ["3:14 unknown-key Clé inconnue « block ». → Vouliez-vous dire « bloc » ?"],
    ],
    [
      "a list where keys are expected",
      "- 1\n",
      [
        "1:1 bad-value Ce fichier est refusé : ensemble de clés attendu. → Corrigez cette valeur ; docs/rapport-pdf.md et docs/derogations.md en donnent des exemples.",
      ],
    ],
  ])("refuses %s, where it stands", (_, text, messages) => {
    const file = new VFile({ path: "rapport.yaml", value: text });
    expect(parseReportSettings(file)).toBeUndefined();
    expect(said(file)).toEqual(messages);
  });
});

describe("parseWaiverFile()", () => {
  it.each([
    ["a list", "- { id: D, figure: vue, motif: y, auteur: z, echeance: 2027-02-28 }\n", 1],
    ["a map", "derogations:\n  - { id: D, figure: vue, motif: y, auteur: z, echeance: 2027-02-28 }\n", 1],
    ["nothing", "# aucune\n", 0],
  ])("reads %s", (_, text, count) => {
    const file = new VFile({ path: "derogations.yaml", value: text });
    expect(parseWaiverFile(file)).toHaveLength(count);
    expect(said(file)).toEqual([]);
  });

  it("names the place of a mistake in a bare list", () => {
    const file = new VFile({
      path: "derogations.yaml",
      value: "- { id: D, figure: vue, motif: '', auteur: z, echeance: 2027-02-28 }\n",
    });
    expect(parseWaiverFile(file)).toBeUndefined();
    expect(said(file)).toEqual([
      "1:32 bad-value Valeur de « motif » refusée : texte attendu. → Écrivez motif: pièce de rechange commandée.",
    ]);
  });
});

describe("checkReferences()", () => {
  it("warns of what names nothing, with the nearest name", () => {
    const text = `titre: A\nexigences: { SEC-1: a, SEC-2: b }\nderogations:\n${WAIVER}  - { id: D2, figure: vue du clustr, motif: y, auteur: z, echeance: 2027-02-28 }\n`;
    const file = new VFile({ path: "rapport.yaml", value: text });
    checkReferences(file, { steps: ["quorum"], figures: ["3-vue", "Vue du cluster"], requirements: ["SEC-1"] });
    expect(said(file)).toEqual([
      "~2:24 uncovered-requirement Aucun bloc ne prouve l’exigence « SEC-2 ». → Écrivez exigence=SEC-2 sur le bloc qui la prouve.",
      "~5:23 unmatched-waiver Aucune figure ne s’appelle « vue du clustr » : cette dérogation ne couvre rien. → Vouliez-vous écrire « Vue du cluster » ?",
    ]);
  });
});
