import { join } from "node:path";
import { PNG } from "pngjs";
import { sha256 } from "../../engine/base/digest.ts";
import { createRunFolder, type RunFolder } from "../../engine/evidence/index.ts";
import type { Artefact, EventBody, Figure, RunStarted } from "../../engine/model/event.ts";
import type { Judgement } from "../../engine/model/expectation.ts";
import type { Outcome } from "../../engine/model/outcome.ts";
import type { RunFolderSpec, StepSpec, TrySpec } from "./run-folder-spec.ts";

const SETTINGS = `titre: Mise en place d'un cluster Proxmox VE à trois nœuds
sous-titre: Rapport d'infrastructure
reference: CST-PVE-001
version: "1.0"
confidentialite: Diffusion restreinte
langue: fr
auteurs: [Équipe infrastructure]
`;

const ADDRESSES: Readonly<Record<string, string>> = { pve1: "10.202.4.31", pve2: "10.202.4.32", pve3: "10.202.4.33" };
const INVENTORY = "nom: laboratoire\nsimule: laboratoire simulé\n";

/** Writes a run folder through the engine's own evidence room and gives its path. Time starts at a fixed instant. */
export async function writeRunFolder(spec: RunFolderSpec): Promise<string> {
  const run = spec.run ?? "2026-11-22-100612-essai";
  const folder = await createRunFolder(spec.root, run);
  const writer = new Writer(folder, spec);
  await writer.write();
  return join(spec.root, run);
}

export function passed(...judgements: readonly Judgement[]): Outcome {
  return { status: "passed", judgements };
}

class Writer {
  readonly #folder: RunFolder;
  readonly #spec: RunFolderSpec;
  #now = Date.parse("2026-11-22T10:06:12.000Z");
  #attempt = 0;

  constructor(folder: RunFolder, spec: RunFolderSpec) {
    this.#folder = folder;
    this.#spec = spec;
  }

  async write(): Promise<void> {
    const { runbooks, settings = SETTINGS, steps, unfinished = false, interrupted = false } = this.#spec;
    for (const { file, text } of runbooks) await this.#folder.keepSource(file, text);
    await this.#folder.keepSource("rapport.yaml", settings);
    if (this.#spec.waivers !== undefined) await this.#folder.keepSource("derogations.yaml", this.#spec.waivers);
    await this.#folder.keepSource("inventaire.yaml", this.#spec.inventoryText ?? INVENTORY);
    await this.#emit(this.#started(settings));
    const nodes = new Set(steps.flatMap((step) => step.targets ?? ["pve1"]).filter((target) => target !== "local"));
    for (const node of [...nodes].sort()) {
      const facts = {
        hostname: node,
        version: "pve-manager/9.2.11/0d7b2a8ee1e5b8f7 (running kernel: 6.17.4-2-pve)",
        kernel: "6.17.4-2-pve",
        "machine-id": sha256(node).slice(0, 32),
      };
      await this.#emit({
        ...{ type: "node-identified", node, address: ADDRESSES[node] ?? "192.0.2.1", facts },
        hostKey: `SHA256:${Buffer.from(sha256(node), "hex").toString("base64").slice(0, 43)}`,
        clock: { aheadMs: -3.2, withinMs: 4.1, method: "date +%s.%N" },
      });
    }
    for (const step of steps) await this.#step(step);
    if (unfinished) return this.#folder.abandon();
    const statuses = steps.map(({ outcome, tries }) =>
      outcome === "pending" ? "blocked" : (outcome ?? tries?.at(-1)?.outcome ?? passed()).status,
    );
    const count = (status: Outcome["status"]) => statuses.filter((one) => one === status).length;
    const counts = {
      passed: count("passed"),
      failed: count("failed"),
      skipped: count("skipped"),
      blocked: count("blocked"),
      errored: count("errored"),
    };
    const placeholders = this.#spec.placeholders ?? [];
    const filled = steps.filter(({ fills, outcome }) => fills !== undefined && outcome === undefined).length;
    await this.#emit({
      type: "run-finished",
      counts,
      placeholders: { expected: placeholders.length, filled },
      interrupted,
    });
    await this.#folder.finish({ constat: 1 });
  }

  #started(settings: string): RunStarted {
    const {
      runbooks,
      scope,
      steps,
      placeholders = [],
      inventory,
      inventoryText = INVENTORY,
      engine,
      waivers,
    } = this.#spec;
    return {
      type: "run-started",
      run: this.#folder.run,
      engine: { name: "constat", version: "0.1.0", node: "v26.10.0", platform: "linux-x64", ...engine },
      operator: { user: "cleo", host: "poste-42" },
      tools: {
        browser: "Chromium 156.0.8078.79",
        fonts: [{ file: "LiberationSans-Regular.ttf", sha256: sha256("LiberationSans-Regular.ttf") }],
      },
      inventory: {
        file: "runbooks/inventory/lab.yaml",
        name: "laboratoire",
        source: { file: "inventaire.yaml", sha256: sha256(inventoryText) },
        simulated: "laboratoire simulé",
        timeScale: 1,
        ...inventory,
      },
      runbooks: runbooks.map(({ file, text, chapter, title }) => ({ file, sha256: sha256(text), chapter, title })),
      settings: { file: "rapport.yaml", sha256: sha256(settings) },
      ...(waivers !== undefined && { waivers: { file: "derogations.yaml", sha256: sha256(waivers) } }),
      scope: scope ?? runbooks.map(({ chapter }) => chapter),
      steps: steps.map((step) => ({
        step: step.id,
        kind: step.kind ?? "shell",
        role: step.role ?? "check",
        chapter: step.chapter ?? 1,
        targets: step.targets ?? ["pve1"],
        fills: step.fills ?? null,
        ...(step.requirements !== undefined && { requirements: step.requirements }),
        file: runbooks[0]?.file ?? "",
        line: 1,
      })),
      placeholders,
    };
  }

  async #step(step: StepSpec): Promise<void> {
    await this.#emit({ type: "step-started", step: step.id });
    const retained: Record<string, number> = {};
    const targets: string[] = [];
    let figure: Figure | null = null;
    let last: Outcome = passed();
    for (const attempt of step.tries ?? []) {
      const target = attempt.target ?? step.targets?.[0] ?? "pve1";
      const finished = await this.#try(step, attempt, target);
      if (attempt.purpose !== undefined && attempt.purpose !== "run") continue;
      retained[target] = this.#attempt;
      targets.push(target);
      figure = finished.figure ?? figure;
      last = finished.outcome;
    }
    if (step.outcome === "pending") return;
    const outcome = step.outcome ?? last;
    const filled = step.fills === undefined ? [] : [step.fills, ...(step.shots ?? [])];
    for (const placeholder of outcome.status === "passed" ? filled : []) {
      const attempts = Object.values(retained);
      const terminal: Figure = { type: "terminal", step: step.id, targets };
      await this.#emit({
        type: "placeholder-filled",
        placeholder,
        step: step.id,
        attempts,
        figure: figure ?? terminal,
      });
    }
    await this.#emit({
      type: "step-finished",
      step: step.id,
      outcome,
      retained,
      homogeneous: step.homogeneous ?? null,
    });
  }

  async #try(step: StepSpec, attempt: TrySpec, target: string): Promise<{ figure: Figure | null; outcome: Outcome }> {
    this.#attempt += 1;
    const {
      purpose = "run",
      onBehalfOf = null,
      sent,
      outcome = passed(),
      answer = "exit 0",
      redactions = {},
    } = attempt;
    await this.#emit({
      type: "attempt-started",
      attempt: this.#attempt,
      step: step.id,
      target,
      purpose,
      onBehalfOf,
      sent,
    });
    const artefacts = await this.#artefacts(attempt);
    const picture = artefacts.find(({ role }) => role === "picture");
    const figure = picture === undefined ? null : pictureFigure(picture, attempt);
    const common = { attempt: this.#attempt, step: step.id, target, outcome, answer, artefacts, figure, redactions };
    await this.#emit({ type: "attempt-finished", durationMs: 840 + 170 * this.#attempt, saved: {}, ...common });
    return { figure, outcome };
  }

  async #artefacts({ output = [], response, picture, pieces = {} }: TrySpec): Promise<readonly Artefact[]> {
    const terminal = await this.#folder.terminal(this.#attempt);
    output.forEach(([stream, text], index) => {
      terminal.write(stream, typeof text === "string" ? Buffer.from(text) : text, index * 0.1);
    });
    const artefacts = [...(await terminal.close())];
    if (response !== undefined) artefacts.push(await this.#folder.keep("response", response, "application/json"));
    for (const [role, text] of Object.entries(pieces))
      artefacts.push(await this.#folder.keep(role as Artefact["role"], text, "application/json"));
    if (picture !== undefined) artefacts.push(await this.#folder.keep("picture", picture.png, "image/png"));
    return artefacts;
  }

  async #emit(body: EventBody): Promise<void> {
    this.#now += 430;
    await this.#folder.append(body, new Date(this.#now));
  }
}

function pictureFigure(picture: Artefact, { picture: spec }: TrySpec): Figure {
  const { width, height } = PNG.sync.read(spec?.png ?? Buffer.alloc(0));
  const url = "https://10.202.4.31:8006/#v1:0:18:4:31::::::";
  return {
    type: "picture",
    picture,
    width,
    height,
    scale: 2,
    url,
    alternative: spec?.alternative ?? "",
    judgements: [],
  };
}
