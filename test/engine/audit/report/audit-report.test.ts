import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync, inflateSync } from "node:zlib";
import { PDFDict, PDFDocument, PDFName, PDFRawStream, type PDFRef, type PDFStream } from "@cantoo/pdf-lib";
import { execa } from "execa";
import { beforeAll, describe, expect, it } from "vitest";
import { auditReport } from "../../../../engine/audit/report/audit-report.ts";
import type { Rendered } from "../../../../engine/audit/report/rendering.ts";
import { openRun } from "../../../../engine/evidence/index.ts";
import { readSignerCertificate } from "../../../../engine/evidence/seal/index.ts";
import { writeReport } from "../../../../engine/report/index.ts";
import { signPdf } from "../../../../engine/seal/index.ts";
import { findBrowser } from "../../../../engine/transports/browser/index.ts";
import { bandsPng } from "../../../support/bands-png.ts";
import { keptFolder } from "../../../support/kept-folder.ts";
import { TEMPLATES } from "../../../support/read-report.ts";
import { writeRunFolder } from "../../../support/run-folder.ts";
import type { RunFolderSpec, StepSpec } from "../../../support/run-folder-spec.ts";

const root = keptFolder();
let folder: string;
let delivered: Rendered;
let fresh: Rendered;

const CAPTIONS = ["premier", "second"] as const;

/** Two figures of one size in a chapter, and a text whose output shows that something was masked. */
function smallRun(steps: readonly StepSpec[] = [...CAPTIONS.map(shot), masked]): RunFolderSpec {
  const text = "# 1. Essai\n\n[ Capture : premier ]\n\nUn texte entre les deux.\n\n[ Capture : second ]\n";
  return {
    root: root(),
    runbooks: [{ file: "01-essai.md", chapter: 1, title: "1. Essai", text }],
    steps,
    placeholders: CAPTIONS.map((caption) => ({
      ...{ id: `1-${caption}`, caption, chapter: 1, candidates: [caption], chosen: caption },
    })),
  };
}

const masked: StepSpec = {
  id: "texte",
  tries: [{ sent: "cat clef", redactions: { clef: 1 }, output: [["stdout", "▮▮▮\n"]] }],
};

function shot(id: string, index: number): StepSpec {
  const picture = { png: bandsPng(320, 180, index + 2), alternative: `Vue ${id}.` };
  return { id, kind: "browser", fills: `1-${id}`, tries: [{ sent: `view: ${id}`, answer: "", picture }] };
}

async function rendered(outFolder: string, engine: string): Promise<Rendered> {
  const browserPath = await findBrowser({ chosen: process.env["CONSTAT_BROWSER"], path: process.env["PATH"] });
  const signal = AbortSignal.timeout(100_000);
  const record = await openRun(folder);
  const { pdf, html } = await writeReport({
    ...{ record, templatesFolder: TEMPLATES, browserPath, signal, outFolder, engine },
  });
  return { pdf: await readFile(pdf), html: await readFile(html) };
}

beforeAll(async () => {
  folder = await writeRunFolder(smallRun());
  delivered = await rendered(join(folder, "data"), "0.1.0");
  fresh = await rendered(join(root(), "encore"), "0.1.0");
}, 120_000);

/** What the audit finds of a report with these bytes, beside one that is rendered now. */
async function found(
  pdf: Uint8Array,
  { against = fresh, html = delivered.html }: { against?: Rendered | string; html?: Uint8Array } = {},
): Promise<readonly string[]> {
  await writeFile(join(folder, "data", "rapport.pdf"), pdf);
  await writeFile(join(folder, "data", "rapport.html"), html);
  const findings = await auditReport(await openRun(folder), async () => against);
  return findings.map(({ rule, severity, subject, text }) => `${rule} ${severity} ${subject} : ${text}`);
}

async function changed(change: (document: PDFDocument) => void | Promise<void>, from = delivered.pdf): Promise<Buffer> {
  const document = await PDFDocument.load(from, { updateMetadata: false });
  await change(document);
  return Buffer.from(await document.save({ useObjectStreams: false, addDefaultPage: false }));
}

function images({ context }: PDFDocument): readonly (readonly [PDFRef, PDFRawStream])[] {
  return context
    .enumerateIndirectObjects()
    .flatMap(([ref, object]) =>
      object instanceof PDFRawStream && object.dict.get(PDFName.of("Subtype")) === PDFName.of("Image")
        ? [[ref, object] as const]
        : [],
    );
}

/** The picture with this many bytes of its unpacked lines changed, packed again. */
function repaint(document: PDFDocument, bytes: number): void {
  const [ref, picture] = images(document)[0] as readonly [PDFRef, PDFRawStream];
  const lines = inflateSync(picture.contents);
  for (let at = 0; at < bytes; at += 1) lines[lines.length - 1 - at] = (lines[lines.length - 1 - at] ?? 0) ^ 1;
  document.context.assign(ref, PDFRawStream.of(picture.dict, deflateSync(lines)));
}

/** Other tools in the file that says what rendered it; the rest stays. */
function otherTools(document: PDFDocument): void {
  for (const [ref, object] of document.context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFRawStream) || object.dict.get(PDFName.of("Type")) !== PDFName.of("EmbeddedFile"))
      continue;
    const text = inflateSync(object.contents).toString("utf8");
    if (!text.startsWith('{"browser"')) continue;
    const changedTools = text.replace(/Chrome\/[\d.]+/, "Chrome/1.2.3");
    document.context.assign(ref, document.context.flateStream(changedTools, dictOf(object)) as PDFStream);
  }
}

function dictOf({ dict }: PDFRawStream): Record<string, PDFName> {
  return Object.fromEntries(
    dict
      .entries()
      .flatMap(([key, value]) =>
        value instanceof PDFName && key !== PDFName.of("Filter") ? [[key.decodeText(), value]] : [],
      ),
  );
}

describe("auditReport()", () => {
  it("finds nothing in a report as it was rendered: with the same tools it has the same bytes", async () => {
    expect(await found(delivered.pdf)).toEqual([]);
    expect(fresh.pdf.equals(delivered.pdf)).toBe(true);
  });

  it("finds one byte of one pixel changed, in the very figure", async () => {
    const findings = await found(await changed((document) => repaint(document, 1)));
    expect(findings).toEqual([
      expect.stringMatching(/^report-pictures error rapport\.pdf : L’image de « premier.*pixel pour pixel/),
      expect.stringMatching(
        /^report-pictures error rapport\.pdf : Page \d+ : une image \(320 × 180\) n’est d’aucune preuve/,
      ),
      expect.stringMatching(/^report-rendering error .*les images/),
    ]);
  });

  it("takes pictures that were packed otherwise for what they are", async () => {
    const findings = await found(await changed((document) => repaint(document, 0)));
    expect(findings).toEqual([expect.stringMatching(/^report-rendering error/)]);
  });

  it("finds two figures that changed places, a page that was taken out, a title that was replaced", async () => {
    const swapped = await changed((document) => {
      const [[a, first], [b, second]] = images(document) as never as [[PDFRef, PDFRawStream], [PDFRef, PDFRawStream]];
      document.context.assign(a, second);
      document.context.assign(b, first);
    });
    expect(await found(swapped)).toEqual([expect.stringMatching(/les images ou leur ordre/)]);
    const shorter = await found(await changed((document) => document.removePage(6)));
    expect(shorter.join("\n")).toMatch(/report-rendering error .*le texte \(\d+ pages au lieu de \d+\)/);
    const titled = await found(await changed((document) => document.setTitle("Autre")));
    expect(titled).toEqual([expect.stringMatching(/des octets que le texte ne montre pas/)]);
  });

  it("finds the report of other evidence: its root, its registers and its pictures", async () => {
    const other = await writeRunFolder({ ...smallRun([shot("premier", 7), { ...masked, id: "autre" }]), run: "autre" });
    const findings = await auditReport({ ...(await openRun(other)), read: (await openRun(folder)).read }, undefined);
    expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(["report-root", "report-registers"]));
    await writeFile(join(other, "data", "rapport.pdf"), delivered.pdf);
    expect((await auditReport(await openRun(other), undefined)).map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(["report-root", "report-pictures", "report-registers"]),
    );
  });

  it("says with other tools that bytes cannot be compared, and compares text, structure and figures", async () => {
    expect(await found(await changed(otherTools))).toEqual([
      expect.stringMatching(/^report-tools note .*Chrome\/1\.2\.3.*n’est pas comparable octet à octet/),
    ]);
    const cut = await changed((document) => {
      otherTools(document);
      document.removePage(6);
    });
    expect((await found(cut)).join("\n")).toMatch(
      /report-rendering error .*avec d’autres outils, il diffère : le texte/,
    );
    const flat = await changed((document) => {
      otherTools(document);
      document.catalog.lookup(PDFName.of("StructTreeRoot"), PDFDict).delete(PDFName.of("K"));
    });
    expect((await found(flat)).join("\n")).toMatch(/la structure/);
  });

  it("takes a signature at the end for one, and nothing else", async () => {
    const [key, certificate] = [join(root(), "c.key"), join(root(), "c.pem")];
    await execa("openssl", [
      ...["req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"],
      ...["-subj", "/CN=Essai", "-keyout", key, "-out", certificate],
    ]);
    const signer = await readSignerCertificate({ certificate, key });
    const signed = await signPdf(delivered.pdf, { signer, at: new Date("2026-11-23T12:00:00Z"), reason: "Essai" });
    expect(await found(signed)).toEqual([]);
    expect(await found(Buffer.concat([delivered.pdf, Buffer.from("\n% ajout\n")]))).toEqual([
      expect.stringMatching(/^report-rendering error/),
    ]);
  });

  it("finds a page for screens that was changed", async () => {
    const html = Buffer.from(delivered.html.toString("utf8").replace("Environnement", "Environnements"));
    expect(await found(delivered.pdf, { html })).toEqual([
      expect.stringMatching(/^report-rendering error rapport\.html/),
    ]);
  });

  it("says why nothing could be rendered, and that a file is no PDF", async () => {
    expect(await found(delivered.pdf, { against: "aucun navigateur." })).toEqual([
      expect.stringMatching(/^report-not-compared note .*aucun navigateur/),
    ]);
    expect(await found(Buffer.from("%PDF-1.7\nrien"))).toEqual([expect.stringMatching(/^report-unreadable error/)]);
  });
});
