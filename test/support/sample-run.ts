import { sha256 } from "../../engine/base/digest.ts";
import { createRunFolder, writeManifest } from "../../engine/evidence/index.ts";
import type { Artefact, EventBody } from "../../engine/model/event.ts";

const AT = new Date("2026-11-23T10:00:00.000Z");
const RUNBOOK = "# 3. Essai\n\n[ Capture : premier ]\n\n[ Capture : second ]\n";
const SETTINGS = "titre: Essai\n";
const INVENTORY = "nom: essai\n";

/** A finished run of two steps that each fill a placeholder with a picture; written by the real evidence room. Returns its folder. */
export async function writeSampleRun(root: string, run = "essai"): Promise<string> {
  const folder = await createRunFolder(root, run);
  const emit = (body: EventBody): Promise<unknown> => folder.append(body, AT);
  await folder.keepSource("03-essai.md", RUNBOOK);
  await folder.keepSource("rapport.yaml", SETTINGS);
  await folder.keepSource("inventaire.yaml", INVENTORY);
  await emit({
    type: "run-started",
    run,
    engine: { name: "constat", version: "0.1.0", node: "v26.10.0", platform: "linux-x64" },
    operator: { user: "testeur", host: "poste" },
    tools: {
      browser: "Chromium 156.0.8078.79",
      fonts: [{ file: "LiberationSans-Regular.ttf", sha256: sha256("LiberationSans-Regular.ttf") }],
    },
    inventory: {
      file: "inventaire.yaml",
      name: "essai",
      source: { file: "inventaire.yaml", sha256: sha256(INVENTORY) },
      simulated: null,
      timeScale: 1,
    },
    runbooks: [{ file: "03-essai.md", sha256: sha256(RUNBOOK), chapter: 3, title: "3. Essai" }],
    settings: { file: "rapport.yaml", sha256: sha256(SETTINGS) },
    scope: [3],
    steps: ["premier", "second"].map((step, index) => ({
      step,
      kind: "browser",
      role: "check",
      chapter: 3,
      targets: ["pve1"],
      fills: `3-${step}`,
      file: "03-essai.md",
      line: 3 + 2 * index,
    })),
    placeholders: ["premier", "second"].map((caption) => ({
      id: `3-${caption}`,
      caption,
      chapter: 3,
      candidates: [caption],
      chosen: caption,
    })),
  });
  for (const [index, step] of ["premier", "second"].entries()) {
    await emit({ type: "step-started", step });
    const attempt = index + 1;
    await emit({
      type: "attempt-started",
      attempt,
      step,
      target: "pve1",
      purpose: "run",
      onBehalfOf: null,
      sent: `view: ${step}`,
    });
    const terminal = await folder.terminal(attempt);
    terminal.write("stdout", Buffer.from(`sortie de ${step}\n`), 0.25);
    const picture = await folder.keep("picture", Buffer.from(`image de ${step}`), "image/png");
    const artefacts: readonly Artefact[] = [...(await terminal.close()), picture];
    const figure = {
      type: "picture",
      picture,
      width: 10,
      height: 10,
      scale: 1,
      url: "",
      alternative: step,
      judgements: [],
    } as const;
    const outcome = { status: "passed", judgements: [] } as const;
    await emit({
      type: "attempt-finished",
      attempt,
      step,
      target: "pve1",
      outcome,
      durationMs: 12,
      answer: "image",
      artefacts,
      figure,
      saved: {},
      redactions: {},
    });
    await emit({ type: "placeholder-filled", placeholder: `3-${step}`, step, attempts: [attempt], figure });
    await emit({ type: "step-finished", step, outcome, retained: { pve1: attempt }, homogeneous: null });
    await folder.commit();
  }
  await emit({
    type: "run-finished",
    counts: { passed: 2, failed: 0, skipped: 0, blocked: 0, errored: 0 },
    placeholders: { expected: 2, filled: 2 },
    interrupted: false,
  });
  await folder.finish({ run });
  await writeManifest(folder.folder);
  return folder.folder;
}
