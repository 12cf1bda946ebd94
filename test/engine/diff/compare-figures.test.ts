import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compareRuns } from "../../../engine/diff/index.ts";
import { bandsPng } from "../../support/bands-png.ts";
import { type DiffSpec, diffOf, plainOptions, printed, writtenRun } from "../../support/diff-runs.ts";
import type { StepSpec } from "../../support/run-folder-spec.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const place = (id: string) => ({ id: `3-${id}`, caption: `vue ${id}`, chapter: 3, candidates: [id], chosen: id });

function photographed(id: string, png: Buffer, more: Partial<StepSpec> & { readonly page?: string } = {}): StepSpec {
  const { page = "Résumé\n", ...step } = more;
  const tries = [
    { sent: `view: ${id}`, answer: "image", picture: { png, alternative: id }, pieces: { "dom-text": page } },
  ];
  return { id, kind: "browser", chapter: 3, fills: `3-${id}`, tries, ...step };
}

const withFigures = (...steps: readonly StepSpec[]): DiffSpec => ({
  steps,
  placeholders: steps.flatMap(({ id, fills }) => (fills === undefined ? [] : [place(id)])),
});

describe("figures", () => {
  it("are the same, within the tolerance, different, new or gone", async () => {
    const [a, b] = [bandsPng(320, 200), bandsPng(320, 200, 3)];
    const before = withFigures(photographed("meme", a), photographed("autre", a), photographed("partie", a));
    const after = withFigures(photographed("meme", a), photographed("autre", b), photographed("venue", b));
    const { figures, different } = await diffOf(before, after);
    expect(figures.map(({ caption, status }) => [caption, status])).toEqual([
      ["vue meme", "same"],
      ["vue autre", "different"],
      ["vue venue", "new"],
      ["vue partie", "gone"],
    ]);
    expect(different).toBe(true);
    const tolerant = await diffOf(before, after, { tolerance: 1 });
    expect(tolerant.figures.map(({ status }) => status)).toEqual(["same", "within", "new", "gone"]);
  });

  it("stand beside what their step answered otherwise", async () => {
    const png = bandsPng(64, 48);
    const { figures } = await diffOf(
      withFigures(photographed("a", png, { page: "État : sain\n" })),
      withFigures(photographed("a", png, { page: "État : dégradé\n" })),
    );
    expect(figures[0]?.answers.map(({ role, differs }) => [role, differs])).toEqual([["texte de la page", true]]);
  });

  it("of which only pixels changed say that what stood on the page did not", async () => {
    const notes = async (page: string) => {
      const { figures } = await diffOf(
        withFigures(photographed("a", bandsPng(64, 48), { page: "Heure : 10:00:00\n" })),
        withFigures(photographed("a", bandsPng(64, 48, 4), { page })),
      );
      return figures[0]?.notes;
    };
    expect(await notes("Heure : 11:00:00\n")).toEqual([
      "le texte et les données de la page, eux, ne diffèrent pas au-delà des règles",
    ]);
    expect(await notes("Heure : aucune\n")).toEqual([]);
  });

  it("that are terminals differ as their output does", async () => {
    const shown = (text: string) =>
      withFigures(printed("a", text, { fills: "3-a" }), printed("b", "x\n", { fills: "3-b" }));
    const { figures } = await diffOf(shown("Date: 10:00:00\nun\n"), shown("Date: 11:00:00\ndeux\n"));
    expect(figures.map(({ status, picture }) => [status, picture])).toEqual([
      ["different", null],
      ["same", null],
    ]);
    const volatile = await diffOf(shown("Date: 10:00:00\n"), shown("Date: 11:00:00\n"));
    expect(volatile.figures.map(({ status }) => status)).toEqual(["within", "same"]);
    expect(volatile.different).toBe(false);
  });

  it("of steps that fill no place are compared by step and node", async () => {
    const alone = (seed: number): StepSpec => {
      const { fills: _, ...step } = photographed("a", bandsPng(64, 48, seed));
      return step;
    };
    const { figures } = await diffOf(withFigures(alone(0)), withFigures(alone(4)));
    expect(figures.map(({ placeholder, caption, status }) => [placeholder, caption, status])).toEqual([
      [null, "#a sur pve1", "different"],
    ]);
  });

  it("whose file is lost or changed are said to be, and differ", async () => {
    const root = await tempFolder();
    const old = await writtenRun(root, "avant", withFigures(photographed("a", bandsPng(64, 48))));
    const now = await writtenRun(root, "apres", withFigures(photographed("a", bandsPng(64, 48, 2))));
    const path = (await compareRuns(old, now, plainOptions())).figures[0]?.after?.path ?? "";
    await writeFile(join(root, "apres/data", path), bandsPng(64, 48));
    const { figures, different } = await compareRuns(old, now, plainOptions());
    expect(figures.map(({ status, notes }) => [status, notes])).toEqual([
      ["lost", [`nouvelle : ${path} n’a plus l’empreinte que le journal lui connaît`]],
    ]);
    expect(different).toBe(true);
  });

  it("of a picture where a terminal stood differ, and say so", async () => {
    const before = withFigures(printed("a", "x\n", { fills: "3-a" }));
    const { figures } = await diffOf(before, withFigures(photographed("a", bandsPng(64, 48))));
    expect(figures.map(({ status, notes }) => [status, notes])).toEqual([
      ["different", ["une sortie, puis une image"]],
    ]);
  });
});
