import { join } from "node:path";
import { USUAL_RULES } from "../../engine/compare/index.ts";
import { type ComparedRun, compareRuns, type DiffOptions, type RunDifference } from "../../engine/diff/index.ts";
import { openRun } from "../../engine/evidence/index.ts";
import { writeRunFolder } from "./run-folder.ts";
import type { RunFolderSpec, StepSpec } from "./run-folder-spec.ts";
import { tempFolder } from "./temp-folder.ts";

export type DiffSpec = Partial<Omit<RunFolderSpec, "root" | "run" | "steps">> & { readonly steps: readonly StepSpec[] };

const RUNBOOKS = [{ file: "03-essai.md", text: "# 3. Essai\n", chapter: 3, title: "3. Essai" }];

/** Writes a run folder of that name below `root` and opens it. */
export async function writtenRun(root: string, run: string, spec: DiffSpec): Promise<ComparedRun> {
  await writeRunFolder({ root, run, runbooks: RUNBOOKS, ...spec });
  return { record: await openRun(join(root, run)), damage: [] };
}

/** Writes two runs and compares them by the usual rules, pictures exactly. */
export async function diffOf(
  before: DiffSpec,
  after: DiffSpec,
  options: Partial<DiffOptions> = {},
): Promise<RunDifference> {
  const root = await tempFolder();
  const [old, now] = [await writtenRun(root, "avant", before), await writtenRun(root, "apres", after)];
  return compareRuns(old, now, plainOptions(options));
}

/** The usual rules, no tolerance, unless said otherwise. */
export function plainOptions(options: Partial<DiffOptions> = {}): DiffOptions {
  const signal = new AbortController().signal;
  return { rules: USUAL_RULES, patterns: [], paths: [], tolerance: 0, threshold: 0.05, signal, ...options };
}

/** A check that printed something on its node. */
export function printed(id: string, text: string, more: Partial<StepSpec> = {}): StepSpec {
  return { id, chapter: 3, tries: [{ sent: `cat ${id}`, output: [["stdout", text]] }], ...more };
}
