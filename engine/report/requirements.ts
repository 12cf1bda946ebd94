import { slug } from "../base/slug.ts";
import type { CompletenessRow, Deviation, Language, RequirementProof, RequirementRow } from "../model/report.ts";
import type { Chapter, ExecutedBlock } from "../model/report-body.ts";
import type { ReportSettings } from "../model/report-settings.ts";
import type { Waiver } from "../model/waiver.ts";
import { type RunFacts, retainedTry } from "./run-facts.ts";
import { typeset } from "./typography.ts";
import { wordsOf } from "./words.ts";

/** Everything that the matrix is made from. */
export interface MatrixParts {
  readonly facts: RunFacts;
  readonly settings: ReportSettings;
  readonly blocks: readonly ExecutedBlock[];
  readonly chapters: readonly Chapter[];
  readonly completeness: readonly CompletenessRow[];
}

/** The anchor of a requirement's row. */
function anchorOf(id: string): string {
  return `exigence-${slug(id)}`;
}

/** Requirements that are declared and named by no block, unless the run left chapters out that may name them. */
export function uncoveredRequirements({ facts, settings, blocks }: MatrixParts) {
  if (!isWhole(facts, settings)) return [];
  const covered = new Set(blocks.flatMap(({ requirements }) => requirements));
  const reason = wordsOf(settings.langue).requirementUncovered;
  return Object.keys(settings.exigences ?? {})
    .filter((id) => !covered.has(id))
    .map((id) => ({ id, reason, anchor: anchorOf(id) }));
}

/** The matrix: each requirement with the steps that prove it, what they asserted, what shows it, and the verdict. */
export function requirementRows(parts: MatrixParts, deviations: readonly Deviation[]): readonly RequirementRow[] {
  const { facts, settings, blocks, chapters } = parts;
  const declared = settings.exigences ?? {};
  const titles = sectionTitles(chapters);
  const named = blocks.flatMap(({ requirements }) => requirements);
  return [...new Set([...named, ...Object.keys(declared)])].map((id) => {
    const own = blocks.filter(({ requirements }) => requirements.includes(id));
    const served = own.filter(({ step }) => !isLeftOut(facts, step));
    const proofs = (served.length === 0 ? own : served).map((block) => proofOf(block, parts));
    const title = declared[id] ?? titles.get(own[0]?.step ?? "") ?? "";
    return {
      id,
      anchor: anchorOf(id),
      title: typesetTitle(title, settings.langue),
      declared: Object.hasOwn(declared, id),
      ...judged(id, proofs, served.length, isWhole(facts, settings), deviations),
      proofs,
    };
  });
}

function judged(
  id: string,
  proofs: readonly RequirementProof[],
  served: number,
  whole: boolean,
  deviations: readonly Deviation[],
): Pick<RequirementRow, "verdict" | "waiver"> {
  const steps = new Set(proofs.map(({ step }) => step));
  const missing = new Set(proofs.flatMap((proof) => proof.missing));
  const own = deviations.filter(({ subject, name }) =>
    subject === "step" ? steps.has(name) : subject === "placeholder" ? missing.has(name) : name === id,
  );
  if (own.length > 0) {
    const waivers = own.map(({ waiver }) => waiver);
    if (waivers.every((waiver): waiver is Waiver => waiver !== null))
      return { verdict: "waived", waiver: waivers[0] ?? null };
    if (proofs.length === 0) return { verdict: "uncovered", waiver: null };
    return { verdict: own.some(({ subject }) => subject === "step") ? "unsatisfied" : "unproven", waiver: null };
  }
  if (proofs.length === 0) return { verdict: whole ? "uncovered" : "out-of-scope", waiver: null };
  return { verdict: served === 0 ? "idle" : "satisfied", waiver: null };
}

function proofOf(block: ExecutedBlock, { facts, completeness }: MatrixParts): RequirementProof {
  const { step, anchor, role, targets, status, figures } = block;
  const said = new Map<string, boolean>();
  for (const { ok, expected } of block.results.flatMap(({ judgements }) => judgements))
    said.set(expected, ok && (said.get(expected) ?? true));
  const kept = targets.flatMap((target) => retainedTry(facts, step, target)?.finished?.artefacts ?? []);
  return {
    step,
    anchor,
    role,
    targets,
    status,
    assertions: [...said].map(([expected, ok]) => ({ ok, expected })),
    figures: figures.map(({ number, anchor: place }) => ({ number, anchor: place })),
    missing: completeness.filter((row) => !row.filled && row.step === step).map(({ caption }) => caption),
    evidence: kept
      .filter(({ role: what, bytes }) => what !== "timing" && bytes > 0)
      .map(({ path, sha256, bytes }) => ({ path, sha256, bytes })),
  };
}

/** Another block served better here, or this site does not offer what it needs: it proves nothing and lacks nothing. */
function isLeftOut(facts: RunFacts, step: string): boolean {
  const outcome = facts.outcomes.get(step)?.outcome;
  return outcome?.status === "skipped" && outcome.because === "not-chosen";
}

/** Whether the run covers every chapter that the report is to be complete for. */
function isWhole({ started }: RunFacts, { chapitres }: ReportSettings): boolean {
  return (chapitres ?? []).every((chapter) => started.scope.includes(chapter));
}

function sectionTitles(chapters: readonly Chapter[]): ReadonlyMap<string, string> {
  const parts = chapters.flatMap(({ title, introduction, sections }) => [
    { title, content: introduction },
    ...sections.map((section) => ({ title: section.title, content: section.content })),
  ]);
  return new Map(
    parts.flatMap(({ title, content }) =>
      content.flatMap((each) => (each.type === "block" ? [[each.block.step, title] as const] : [])),
    ),
  );
}

function typesetTitle(title: string, language: Language): string {
  return typeset(title.replace(/^\d+(?:\.\d+)*\.?\s+/, ""), language, "title");
}
