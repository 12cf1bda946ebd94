import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { auditPictures } from "../../../../engine/audit/report/pictures.ts";
import { sha256 } from "../../../../engine/base/digest.ts";
import { addToRun, openRun } from "../../../../engine/evidence/index.ts";
import { type PlacedPicture, pngStream } from "../../../../engine/evidence/pdf/index.ts";
import { bandsPng } from "../../../support/bands-png.ts";
import { writeRunFolder } from "../../../support/run-folder.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

/** A run whose only placeholder was empty until a person gave its picture. */
async function givenRun(png: Buffer): Promise<string> {
  const folder = await writeRunFolder({
    root: await tempFolder(),
    runbooks: [{ file: "01-a.md", chapter: 1, title: "1. A", text: "# 1. A\n\n[ Capture : baie ]\n" }],
    steps: [],
    placeholders: [{ id: "1-baie", caption: "baie", chapter: 1, candidates: [], chosen: null }],
  });
  await addToRun(folder, async (addition) => {
    const picture = await addition.keep("picture", png, "image/png");
    const shown = { width: 32, height: 16, scale: 1, url: "", alternative: "", judgements: [] };
    await addition.append(
      {
        type: "figure-given",
        placeholder: "1-baie",
        by: { user: "a", host: "b" },
        source: { name: "x.png", sha256: sha256(png), removed: [] },
        origin: "ici",
        attestation: { text: "oui", how: "typed" },
        figure: { type: "picture", picture, ...shown },
        artefacts: [picture],
      },
      new Date("2026-11-23T11:00:00.000Z"),
    );
  });
  return folder;
}

function placed(png: Buffer): PlacedPicture {
  const stream = pngStream(png);
  if (stream === undefined) throw new Error("no PNG");
  return { page: 1, type: "pixels", stream };
}

describe("auditPictures() of a run that a picture was added to", () => {
  it("takes the given picture for evidence, and misses it where the report shows another", async () => {
    const given = bandsPng(32, 16, 2);
    const folder = await givenRun(given);
    const record = await openRun(folder);
    expect(await readFile(join(folder, "data", "journal.jsonl"), "utf8")).toContain("figure-given");
    expect(await auditPictures(record, { pictures: [placed(given)] })).toEqual([]);
    const findings = await auditPictures(record, { pictures: [placed(bandsPng(32, 16, 5))] });
    expect(findings.map(({ text }) => text)).toEqual([
      expect.stringContaining("« baie » n’y est pas telle"),
      expect.stringContaining("n’est d’aucune preuve"),
    ]);
  });
});
