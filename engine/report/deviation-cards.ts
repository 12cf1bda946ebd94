import type { CompletenessRow, Deviation, Language } from "../model/report.ts";
import type { ExecutedBlock } from "../model/report-body.ts";
import type { DeviationCard } from "../model/report-front.ts";
import type { ReportSettings } from "../model/report-settings.ts";
import { formatterOf } from "./format.ts";
import type { RunFacts } from "./run-facts.ts";
import { typeset } from "./typography.ts";
import { wordsOf } from "./words.ts";

export interface CardParts {
  readonly facts: RunFacts;
  readonly settings: ReportSettings;
  readonly blocks: readonly ExecutedBlock[];
  readonly completeness: readonly CompletenessRow[];
}

/** A card for each deviation: how grave, what shows it, what follows, who answers for it and until when. The gravest first. */
export function deviationCards(deviations: readonly Deviation[], parts: CardParts): readonly DeviationCard[] {
  const cards = deviations.map((deviation) => toCard(deviation, parts));
  const rank = ({ grade, waiver }: Unnumbered) => (grade === "major" ? 0 : 2) + (waiver === null ? 0 : 1);
  return cards
    .toSorted((a, b) => rank(a) - rank(b))
    .map((card, index) => ({ ...card, number: index + 1, anchor: `ecart-${index + 1}` }));
}

type Unnumbered = Omit<DeviationCard, "number" | "anchor">;

function toCard({ subject, name, reason, anchor, waiver }: Deviation, parts: CardParts): Unnumbered {
  const { settings, blocks, completeness } = parts;
  const set = (text: string) => typeset(text, settings.langue, "title");
  const given = settings.ecarts.find(({ sur }) => plain(sur) === plain(name));
  const row = subject === "placeholder" ? completeness.find(({ caption }) => caption === name) : undefined;
  const step = subject === "step" ? name : (row?.step ?? null);
  const block = blocks.find((each) => each.step === step);
  const grade = subject === "step" ? "major" : "minor";
  return {
    ...{ subject, name, reason, waiver, shownAt: anchor },
    grade: given?.gravite === undefined ? grade : given.gravite === "majeure" ? "major" : "minor",
    figures: (block?.figures ?? []).map((figure) => ({ number: figure.number, anchor: figure.anchor })),
    evidence: (block?.results ?? []).flatMap(({ terminals }) => terminals.flatMap(({ evidence }) => evidence ?? [])),
    impact: given?.impact === undefined ? impactOf(subject, step, block, parts) : [set(given.impact)],
    action: set(given?.action ?? block?.status.hint ?? ""),
    owner: set(given?.responsable ?? waiver?.by ?? ""),
    due: given?.echeance ?? waiver?.until ?? "",
  };
}

/** What the run itself knows to follow: steps that waited for this one, requirements, figures. */
function impactOf(
  subject: Deviation["subject"],
  step: string | null,
  block: ExecutedBlock | undefined,
  { facts, settings, completeness }: CardParts,
): readonly string[] {
  const words = wordsOf(settings.langue);
  const requirements = block?.requirements ?? [];
  const unproven = requirements.length === 0 ? [] : [`${words.impactRequirements} ${requirements.join(", ")}`];
  if (subject !== "step" || step === null) return unproven;
  const waiting = [...facts.outcomes.values()].filter(
    ({ outcome }) => outcome.status === "blocked" && outcome.by === step,
  ).length;
  const missing = completeness.filter((row) => !row.filled && row.step === step).map(({ caption }) => caption);
  return [
    ...counted(waiting, words.impactWaitingOne, words.impactWaitingMany, settings.langue),
    ...missing.map((caption) => `${words.impactFigure} ${caption}`),
    ...unproven,
  ];
}

function counted(count: number, one: string, many: string, language: Language): readonly string[] {
  if (count === 0) return [];
  return [`${formatterOf(language).count(count)} ${count === 1 ? one : many}`];
}

function plain(name: string): string {
  return name.normalize("NFC").replace(/^#/, "").replace(/[’‘]/g, "'").replace(/\s+/g, " ").trim().toLowerCase();
}
