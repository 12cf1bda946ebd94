import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PDFDocument } from "@cantoo/pdf-lib";
import { sha256 } from "../../engine/base/digest.ts";
import { createRunFolder, type RunFolder, updateManifest, writeManifest } from "../../engine/evidence/index.ts";
import type { EventBody, Figure } from "../../engine/model/event.ts";
import { testPng } from "./test-png.ts";

const RUNBOOK = "# 3. Essai\n\n[ Capture : écran ]\n\n[ Capture : sortie ]\n\n[ Capture : avant ]\n";
const SETTINGS = "titre: Essai\nreference: CST-1\n";
const INVENTORY = "nom: essai\nguard: loopback\nnodes:\n  pve1: { address: 127.0.0.1 }\n";
const OUTCOME = { status: "passed", judgements: [] } as const;

/** A small finished run whose journal holds every kind of event, with pictures, terminals and a report; not sealed. Gives its folder. */
export async function writeFullRun(root: string, run: string, words = run): Promise<string> {
  const folder = await createRunFolder(root, run);
  let now = Date.parse("2026-11-23T10:00:00.000Z");
  const emit = (body: EventBody): Promise<unknown> => {
    now += 250;
    return folder.append(body, new Date(now));
  };
  await folder.keepSource("03-essai.md", RUNBOOK);
  await folder.keepSource("rapport.yaml", SETTINGS);
  await folder.keepSource("inventaire.yaml", INVENTORY);
  await emit(started(run));
  await emit({
    type: "node-identified",
    node: "pve1",
    address: "10.202.4.31",
    facts: { hostname: "pve1", kernel: "6.17.4-2-pve", "machine-id": "f".repeat(32) },
    hostKey: `SHA256:${"k".repeat(43)}`,
    clock: { aheadMs: 3.2, withinMs: 4.1, method: "date +%s.%N" },
  });
  await emit({ type: "certificate-taken", node: "pve1", fingerprint: "AA:BB" });
  const screen = await tryStep(folder, emit, { attempt: 1, step: "ecran", words, size: 12 });
  await emit({ type: "placeholder-filled", placeholder: "3-ecran", step: "ecran", attempts: [1], figure: screen });
  await end(emit, "ecran", 1);
  await emit({ type: "certificate-renewed", node: "pve1", step: "ecran", before: "AA:BB", after: "CC:DD" });
  await tryStep(folder, emit, { attempt: 2, step: "sortie", words: `${words} bis`, size: undefined });
  const terminal: Figure = { type: "terminal", step: "sortie", targets: ["pve1"] };
  await emit({ type: "placeholder-filled", placeholder: "3-sortie", step: "sortie", attempts: [2], figure: terminal });
  await end(emit, "sortie", 2);
  await reuse(folder, emit, words.length);
  await emit({
    type: "run-finished",
    counts: { passed: 2, failed: 0, skipped: 0, blocked: 0, errored: 0 },
    placeholders: { expected: 3, filled: 3 },
    interrupted: false,
  });
  await folder.commit();
  await folder.finish({ run });
  await writeManifest(folder.folder);
  await writeReport(folder.folder, words);
  return folder.folder;
}

/** A report of that name in the run's own folder, as `constat report` leaves it before the seal. */
export async function writeReport(folder: string, words: string): Promise<void> {
  const document = await PDFDocument.create();
  document.addPage([200, 200]);
  document.setTitle(words);
  document.setCreationDate(new Date(0));
  document.setModificationDate(new Date(0));
  await writeFile(join(folder, "data/rapport.pdf"), await document.save({ useObjectStreams: false }));
  await writeFile(join(folder, "data/rapport.html"), `<!doctype html>\n<title>${words}</title>\n`);
  await updateManifest(folder, ["data/rapport.html", "data/rapport.pdf"]);
}

type Emit = (body: EventBody) => Promise<unknown>;

async function tryStep(
  folder: RunFolder,
  emit: Emit,
  spec: { attempt: number; step: string; words: string; size: number | undefined },
): Promise<Figure> {
  const { attempt, step, words, size } = spec;
  await emit({ type: "step-started", step });
  const common = { attempt, step, target: "pve1" } as const;
  await emit({ type: "attempt-started", ...common, purpose: "run", onBehalfOf: null, sent: `echo ${words}` });
  const terminal = await folder.terminal(attempt);
  terminal.write("stdout", Buffer.from(`sortie de ${words}\nseconde ligne\n`), 0.25);
  if (attempt === 2) terminal.write("stderr", Buffer.from("attention\nà ceci\n"), 0.5);
  const artefacts = [...(await terminal.close())];
  artefacts.push(await folder.keep("api", JSON.stringify({ data: words }), "application/json"));
  if (size !== undefined) artefacts.push(await folder.keep("picture", testPng(size + words.length, size), "image/png"));
  const picture = artefacts.find(({ role }) => role === "picture");
  const figure: Figure =
    picture === undefined
      ? { type: "terminal", step, targets: ["pve1"] }
      : { type: "picture", picture, width: 1, height: 1, scale: 1, url: "", alternative: step, judgements: [] };
  const rest = { durationMs: 700, answer: "exit 0", artefacts, figure, saved: {}, redactions: {} };
  await emit({ type: "attempt-finished", ...common, outcome: OUTCOME, ...rest });
  return figure;
}

async function end(emit: Emit, step: string, attempt: number): Promise<void> {
  await emit({ type: "step-finished", step, outcome: OUTCOME, retained: { pve1: attempt }, homogeneous: null });
}

async function reuse(folder: RunFolder, emit: Emit, size: number): Promise<void> {
  const picture = await folder.keep("picture", testPng(40 + size, 7), "image/png");
  await emit({
    type: "figure-reused",
    placeholder: "3-avant",
    from: { run: "2026-11-01", head: "a".repeat(64), at: "2026-11-01T08:00:00.000Z", seq: 4 },
    figure: { type: "picture", picture, width: 1, height: 1, scale: 1, url: "", alternative: "avant", judgements: [] },
    artefacts: [picture],
    sent: "view: avant",
    target: "pve1",
    answer: "image",
  });
}

function started(run: string): EventBody {
  const captions = ["ecran", "sortie", "avant"] as const;
  return {
    type: "run-started",
    run,
    engine: { name: "constat", version: "0.1.0", node: "v26.10.0", platform: "linux-x64" },
    operator: { user: "testeur", host: "poste" },
    tools: {
      browser: "Chromium 156.0.8078.79",
      fonts: [{ file: "LiberationSans-Regular.ttf", sha256: sha256("LiberationSans-Regular.ttf") }],
    },
    repository: { commit: "0".repeat(40), modified: false },
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
    steps: (["ecran", "sortie"] as const).map((step, index) => ({
      step,
      kind: "shell",
      role: "check",
      chapter: 3,
      targets: ["pve1"],
      fills: `3-${step}`,
      file: "03-essai.md",
      line: 3 + 2 * index,
    })),
    placeholders: captions.map((caption) => ({
      id: `3-${caption}`,
      caption,
      chapter: 3,
      candidates: caption === "avant" ? [] : [caption],
      chosen: caption === "avant" ? null : caption,
    })),
  };
}
