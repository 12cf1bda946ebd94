import { PDFDocument } from "@cantoo/pdf-lib";
import { beforeAll, describe, expect, it } from "vitest";
import { auditRendering, type RenderingChoices } from "../../../../engine/audit/report/rendering.ts";
import { openRun, type RunRecord } from "../../../../engine/evidence/index.ts";
import { readReportPdf } from "../../../../engine/evidence/pdf/index.ts";
import { keptFolder } from "../../../support/kept-folder.ts";
import { writeSampleRun } from "../../../support/sample-run.ts";

const root = keptFolder();
let record: RunRecord;

beforeAll(async () => {
  record = await openRun(await writeSampleRun(root()));
});

/** A report of this many pages, with the list of its tools. */
async function pdfOf(pages: number, tools: object): Promise<Buffer> {
  const document = await PDFDocument.create({ updateMetadata: false });
  for (let page = 0; page < pages; page += 1) {
    const drawn = document.addPage();
    drawn.drawText(`Page ${"abcdefgh"[page] ?? ""}`, { x: 50, y: 50 });
  }
  const content = new TextEncoder().encode(JSON.stringify(tools));
  await document.attach(content, "rendu.json", { mimeType: "application/json" });
  return Buffer.from(await document.save());
}

/** What is found of a report beside a fresh one, and with which choices that was asked for. */
async function compared(delivered: object, fresh: object, pages: readonly [number, number] = [1, 2]) {
  const pdf = await pdfOf(pages[0], delivered);
  const again = await pdfOf(pages[1], fresh);
  const asked: RenderingChoices[] = [];
  const tools = JSON.stringify(delivered);
  const findings = await auditRendering(
    record,
    { pdf, reading: await readReportPdf(pdf), tools },
    async (_, choices) => {
      asked.push(choices);
      return { pdf: again, html: Buffer.alloc(0) };
    },
  );
  return { findings: findings.map(({ rule, severity }) => `${severity} ${rule}`), asked };
}

describe("auditRendering()", () => {
  it.each([
    ["another browser", { browser: "b", templates: "t" }, ["error report-rendering"]],
    ["other templates", { browser: "a", templates: "u" }, ["warning report-not-comparable"]],
    ["another engine", { engine: "0", browser: "a", templates: "t" }, ["warning report-not-comparable"]],
  ] as const)("judges a text that differs under %s", async (_, delivered, found) => {
    expect((await compared(delivered, { browser: "a", templates: "t" })).findings).toEqual(found);
  });

  it("only notes other templates that show the same", async () => {
    expect((await compared({ templates: "u" }, { templates: "t" }, [1, 1])).findings).toEqual(["note report-tools"]);
  });

  it.each([
    ["the limit that the report names", { htmlLimitBytes: 7 }, 7],
    ["none where it names none", {}, undefined],
    ["none where it names nonsense", { htmlLimitBytes: "x" }, undefined],
  ] as const)("renders again with %s", async (_, tools, limit) => {
    expect((await compared(tools, tools)).asked[0]).toEqual({ htmlLimitBytes: limit });
  });
});
