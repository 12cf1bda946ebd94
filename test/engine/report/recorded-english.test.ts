import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inEnglish, recordedInEnglish } from "../../../engine/report/recorded-english.ts";
import { faceOf, reportOf } from "../../support/read-report.ts";
import { sampleRun } from "../../support/report-run.ts";
import { tempFolder } from "../../support/temp-folder.ts";

describe("inEnglish()", () => {
  it.each([
    ["code de sortie 0", "exit code 0"],
    ["une réponse HTTP 200 ou 202", "an HTTP answer 200 or 202"],
    ["une ligne égale à « la racine a assez de place »", "a line equal to “la racine a assez de place”"],
    ["aucune ligne qui correspond à /où/", "no line matching /où/"],
    ["1 valeur dans $[*] où type = node, online = 1", "1 value in $[*] where type = node, online = 1"],
    ["aucune valeur dans $[?search(@.type, '^a')].upid", "no value in $[?search(@.type, '^a')].upid"],
    ["au moins une valeur dans $.a, égale à running", "at least one value in $.a equal to running"],
    ["API /cluster/status : 3 valeurs dans $.data[*]", "API /cluster/status: 3 values in $.data[*]"],
    [
      "une interruption de « VM » d’au moins 5 s et d’au plus 60 s",
      "an interruption of “VM” of at least 5 s and at most 60 s",
    ],
    ["FAILED – aucune valeur", "FAILED – no value"],
    ["état, PENDING: attend #a, qui a échoué", "état, PENDING: attend #a, qui a échoué"],
    ["etat-web, FAILED: attend #a, qui a échoué", "etat-web, FAILED: waits for #a, which failed"],
    [
      "Interface web de Proxmox VE 9.2 sur pve1 (10.0.0.1), onglet « Ceph ». Tableau, 1 ligne : a ; b.",
      "Web interface of Proxmox VE 9.2 on pve1 (10.0.0.1), tab “Ceph”. Table, 1 line: a; b.",
    ],
    ["Une phrase de l’auteur, code de sortie 0", "Une phrase de l’auteur, code de sortie 0"],
    ["", ""],
  ])("%j reads %j", (french, english) => {
    expect(inEnglish(french)).toBe(english);
  });

  it("changes recorded sentences only, wherever they stand", () => {
    const model = {
      step: "code de sortie 0",
      judgements: [{ ok: true, expected: "code de sortie 0" }],
      html: "aucune valeur",
    };
    expect(recordedInEnglish(model)).toEqual({ ...model, judgements: [{ ok: true, expected: "exit code 0" }] });
  });
});

it("an English report has no French word that the engine itself wrote", async () => {
  const settings = "titre: Essay\nlangue: en\n";
  const print = await faceOf(await reportOf({ ...(await sampleRun(await tempFolder())), settings }), "print");
  const body = print.slice(print.indexOf("<body>"));
  const french = await frenchWords();
  expect(french.length).toBeGreaterThan(250);
  const text = body.replace(/<(pre|code)[\s\S]*?<\/\1>|<div class="prose">[\s\S]*?<\/div>/g, " ");
  const seen = [...text.matchAll(/>([^<]+)</g)].map(([, piece = ""]) =>
    piece.replace(/&nbsp;|[\u00a0\u202f]/g, " ").trim(),
  );
  expect(seen.filter((piece) => french.includes(piece))).toEqual([]);
});

/** Everything that the French table says and the English one says otherwise. */
async function frenchWords(): Promise<readonly string[]> {
  const room = join(import.meta.dirname, "../../../engine/report");
  const of = async (language: string) => {
    const files = ["words", "front-words", "sheet-words"].map((name) =>
      readFile(join(room, `${name}-${language}.ts`), "utf8"),
    );
    return new Set(
      (await Promise.all(files)).flatMap((text) => [...text.matchAll(/"([^"\n]{4,})"/g)].map(([, word = ""]) => word)),
    );
  };
  const [fr, en] = await Promise.all([of("fr"), of("en")]);
  return [...fr].filter((word) => !en.has(word));
}
