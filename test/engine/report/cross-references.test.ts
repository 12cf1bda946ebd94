import { describe, expect, it } from "vitest";
import { faceOf, oneChapter, reportOf } from "../../support/read-report.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const BLOCK = '```bash {#quorum .check on=pve1 capture="statut"}\npvecm status\n```\n\n[ Capture : statut ]';

describe("a reference to a place of the report", () => {
  it.each([
    ["[figure](#1-statut)", "figure 1, p. <figure-1-statut>"],
    ["[](#1-statut)", "figure 1, p. <figure-1-statut>"],
    ["[Figure](#figure-1-statut)", "figure 1, p. <figure-1-statut>"],
    ["[le quorum](#1-statut)", "le quorum (figure 1, p. <figure-1-statut>)"],
    ["[bloc](#quorum)", "bloc 1, p. <bloc-quorum>"],
    ["[ce **contrôle**](#quorum)", "ce contrôle (bloc 1, p. <bloc-quorum>)"],
    ["[](#chapitre-1)", "chapitre 1, p. <chapitre-1>"],
    ["[](#section-1.2)", "section 1.2, p. <section-1-2-1-2-quorum-retour>"],
    ["[section](#section-1-2)", "section 1.2, p. <section-1-2-1-2-quorum-retour>"],
    ["[1.2](#12-quorum--retour)", "section 1.2, p. <section-1-2-1-2-quorum-retour>"],
    ["[le retour](#quorum-retour)", "le retour (section 1.2, p. <section-1-2-1-2-quorum-retour>)"],
    ["[](#sans-numero)", "section « Sans numéro », p. <section-1-1-sans-numero>"],
  ])("%s prints as « %s »", async (markdown, printed) => {
    expect(await sentenceOf(markdown, "print")).toBe(`Voir ${printed}.`);
  });

  it.each(["[ailleurs](#nulle-part)", "[ailleurs](#chapitre-9)"])(
    "%s leads nowhere and stays text",
    async (markdown) => {
      expect(await sentenceOf(markdown, "print")).toBe("Voir ailleurs.");
    },
  );

  it("is a link in both faces", async () => {
    const html = await face("[figure](#1-statut)", "html");
    expect(html).toMatch(/Voir <a href="#figure-1-statut" class="inner">figure.1<\/a>/);
  });
});

async function face(markdown: string, name: "html" | "print"): Promise<string> {
  const step = {
    id: "quorum",
    fills: "1-statut",
    tries: [{ sent: "pvecm status", output: [["stdout", "ok\n"]] as const }],
  };
  const spec = oneChapter(
    await tempFolder(),
    `Voir ${markdown}.\n\n## Sans numéro\n\n${BLOCK}\n\n## 1.2. Quorum & retour`,
    [step],
  );
  return faceOf(
    await reportOf({ ...spec, placeholders: spec.placeholders?.map((each) => ({ ...each, caption: "statut" })) ?? [] }),
    name,
  );
}

async function sentenceOf(markdown: string, name: "html" | "print"): Promise<string> {
  const [sentence = ""] = /Voir [^\n]*?\.(?=<\/p>)/.exec(await face(markdown, name)) ?? [];
  return sentence
    .replace(/<span class="page" data-page-of="([^"]*)"><\/span>/g, "‹$1›")
    .replace(/<[^>]*>/g, "")
    .replaceAll("‹", "<")
    .replaceAll("›", ">")
    .replace(/[\u00a0\u202f]/g, " ");
}
