import { expect, it } from "vitest";
import { chapter, cliProject, LOCAL_INVENTORY } from "../../support/cli-project.ts";

const RUNBOOK = chapter("```bash {#a .check on=local exigence=SEC-1,SEC-9}\ntrue\n```");

it.each<[string, Readonly<Record<string, string>>, readonly RegExp[]]>([
  [
    "a requirement that is not declared, with the nearest, and one that nothing proves",
    { "rapport.yaml": "titre: Essai\nexigences: { SEC-1: a, SEC-8: b }\n" },
    [
      /03\.md:7:\d+ erreur Exigence inconnue « SEC-9 ».*\[unknown-requirement\]/,
      /Vouliez-vous écrire « SEC-/,
      /rapport\.yaml:2:\d+ avertissement Aucun bloc ne prouve l’exigence « SEC-8 »/,
    ],
  ],
  [
    "a requirement that is spelled wrongly in the block",
    { "03.md": RUNBOOK.replace("SEC-9", "SEC§9") },
    [/03\.md:7:\d+ erreur .*identifiant d’exigence attendu, par exemple SEC-12/],
  ],
  [
    "a waiver in a file of its own, with its line",
    {
      "rapport.yaml": "titre: Essai\nderogations: accords.yaml\n",
      "accords.yaml": "- { id: D, bloc: a, motif: m, auteur: a }\n",
    },
    [/accords\.yaml:1:3 erreur Il manque la clé « echeance »/],
  ],
  [
    "a file of waivers that is not there",
    { "rapport.yaml": "titre: Essai\nderogations: absent.yaml\n" },
    [/rapport\.yaml:2:1 erreur Le fichier de dérogations « absent\.yaml » n’est pas à côté/],
  ],
  [
    "a file of waivers elsewhere",
    { "rapport.yaml": "titre: Essai\nderogations: ../x.yaml\n" },
    [/« \.\.\/x\.yaml » ne peut pas être le nom/],
  ],
  [
    "a secret in an inventory's comment and in the settings",
    {
      "inventaire.yaml": `${LOCAL_INVENTORY}# root_password=Hunter-2!\n`,
      "rapport.yaml": "titre: Essai # mot de passe : Hunter-2!\n",
    },
    [/inventaire\.yaml:5:\d+ erreur .*\[secret-in-clear\]/, /rapport\.yaml:1:\d+ erreur .*\[secret-in-clear\]/],
  ],
])("constat lint says %s", async (_, files, said) => {
  const project = await cliProject({ "03.md": RUNBOOK, ...files });
  const ended = await project.constat("lint", ".", "--inventory", "inventaire.yaml");
  expect(ended.code).toBe(2);
  for (const pattern of said) expect(ended.stderr).toMatch(pattern);
  expect(ended.stderr).not.toContain("Hunter");
});

it("constat lint leaves alone what names a secret in an inventory", async () => {
  const inventory = `${LOCAL_INVENTORY}  pve2:\n    address: 127.0.0.2\n    ssh: { user: root, password: root_password }\n    pve:\n      user: root@pam\n      password: root_password # le même\nsecrets:\n  root_password: { env: X }\n`;
  const project = await cliProject({ "03.md": RUNBOOK, "inventaire.yaml": inventory });
  const ended = await project.constat("lint", ".", "--inventory", "inventaire.yaml");
  expect([ended.code, ended.stderr]).toEqual([0, ""]);
});
