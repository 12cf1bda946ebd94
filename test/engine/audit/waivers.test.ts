import { describe, expect, it } from "vitest";
import { auditRun } from "../../../engine/audit/index.ts";
import { writeRunFolder } from "../../support/run-folder.ts";
import type { StepSpec } from "../../support/run-folder-spec.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const FAILED = { status: "failed", reason: "trop tard", judgements: [] } as const;
const step = (id: string, chapter: number): StepSpec => ({
  ...{ id, chapter, fills: `${chapter}-vue`, tries: [{ sent: "true", outcome: FAILED }] },
});
const placeholder = (chosen: string, chapter: number) => ({
  ...{ id: `${chapter}-vue`, caption: "vue", chapter, candidates: [chosen], chosen },
});

describe("a waiver in the audit", () => {
  it("covers the figure of its own step, and not one of the same caption in another chapter", async () => {
    const folder = await writeRunFolder({
      root: await tempFolder(),
      settings:
        "titre: Essai\nderogations:\n  - { id: DER-01, bloc: premier, motif: a, auteur: b, echeance: 2027-03-31 }\n",
      runbooks: [1, 2].map((chapter) => ({
        ...{ file: `0${chapter}.md`, chapter, title: `${chapter}. Essai`, text: `# ${chapter}. Essai\n` },
      })),
      scope: [1, 2],
      steps: [step("premier", 1), step("second", 2)],
      placeholders: [placeholder("premier", 1), placeholder("second", 2)],
    });
    const { findings } = await auditRun(folder, {}, "2026-11-23");
    expect(
      findings
        .filter(({ rule }) => /^(?:step|placeholder)-/.test(rule))
        .map(({ subject, waiver }) => [subject, waiver]),
    ).toEqual([
      ["« vue » (chapitre 1)", "DER-01"],
      ["« vue » (chapitre 2)", undefined],
      ["#premier", "DER-01"],
      ["#second", undefined],
    ]);
  });
});
