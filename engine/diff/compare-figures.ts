import { comparePictures, type PictureDifference } from "../compare/index.ts";

import type { AnswerDifference, FigureDifference, ShownPicture } from "./difference.ts";
import { type FigurePair, figurePairs, type RecordedFigure } from "./figure-pairs.ts";
import { type RecordedRun, readPiece } from "./recorded-run.ts";

export interface FigureOptions {
  /** Share of a picture's pixels that may differ, 0 to 1. */
  readonly tolerance: number;
  /** How far two colours may be apart, 0 to 1. */
  readonly threshold: number;
}

/** Every figure of either report, then pictures that fill none, each with what its step answered otherwise. */
export async function compareFigures(
  before: RecordedRun,
  after: RecordedRun,
  answers: readonly AnswerDifference[],
  options: FigureOptions,
): Promise<readonly FigureDifference[]> {
  const byStep = Map.groupBy(answers, ({ step }) => step);
  const figures: FigureDifference[] = [];
  const told = new Set<string>();
  for (const pair of figurePairs(before, after)) {
    const beside = byStep.get(pair.step) ?? [];
    const figure = await compareFigure(pair, beside, before, after, options);
    // Several pictures of one step share its answers: they stand beside the first.
    figures.push(told.has(pair.step) ? { ...figure, answers: [] } : figure);
    told.add(pair.step);
  }
  return figures;
}

async function compareFigure(
  { step, placeholder, caption, chapter, old, now }: FigurePair,
  answers: readonly AnswerDifference[],
  before: RecordedRun,
  after: RecordedRun,
  options: FigureOptions,
): Promise<FigureDifference> {
  const common = { placeholder, caption, chapter, step, answers };
  const [left, right] = [shown(old), shown(now)];
  const notes = notesOf(old, now);
  const known = { ...common, before: left, after: right, notes };
  if (old === undefined || now === undefined)
    return { ...known, status: old === undefined ? "new" : "gone", picture: null };
  if (left === null || right === null) {
    if (left !== null || right !== null) return { ...known, status: "different", picture: null };
    const changed = answers.some(({ differs }) => differs);
    return { ...known, status: changed ? "different" : answers.length > 0 ? "within" : "same", picture: null };
  }
  if (left.sha256 === right.sha256) return { ...known, status: "same", picture: { status: "identical" } };
  const [one, other] = [await readPiece(before, left), await readPiece(after, right)];
  if ("lost" in one || "lost" in other) {
    const lost = [
      ...("lost" in one ? [`ancienne : ${one.lost}`] : []),
      ...("lost" in other ? [`nouvelle : ${other.lost}`] : []),
    ];
    return { ...known, status: "lost", picture: null, notes: [...notes, ...lost] };
  }
  const scales = [old.scale, now.scale] as const;
  const picture = comparePictures(one.bytes, other.bytes, { threshold: options.threshold, scales });
  const status = statusOf(picture, options.tolerance);
  const silent =
    status === "different" && hasText(before, step) && hasText(after, step) && !answers.some(({ differs }) => differs);
  return { ...known, status, picture, notes: silent ? [...notes, ONLY_PIXELS] : notes };
}

const ONLY_PIXELS = "le texte et les données de la page, eux, ne diffèrent pas au-delà des règles";

/** Whether the picture's step kept what stood on the page: without it, nothing can be said of it. */
function hasText(run: RecordedRun, step: string): boolean {
  return run
    .targets(step)
    .some((target) => run.attempt(step, target)?.finished?.artefacts.some(({ role }) => role === "dom-text") === true);
}

function statusOf(picture: PictureDifference, tolerance: number): FigureDifference["status"] {
  switch (picture.status) {
    case "identical":
      return "same";
    case "uncompared":
      return "different";
    case "compared":
      return picture.share <= tolerance ? "within" : "different";
  }
}

function shown(recorded: RecordedFigure | undefined): ShownPicture | null {
  if (recorded?.picture === undefined) return null;
  const { picture, width, height, alternative } = recorded;
  const { path, mediaType, sha256 } = picture;
  return { path, mediaType, sha256, width, height, alternative };
}

function notesOf(old: RecordedFigure | undefined, now: RecordedFigure | undefined): readonly string[] {
  const notes: string[] = [];
  if (old?.reusedFrom !== undefined) notes.push(`ancienne : reprise de ${old.reusedFrom}`);
  if (now?.reusedFrom !== undefined) notes.push(`nouvelle : reprise de ${now.reusedFrom}`);
  if (old?.givenBy !== undefined) notes.push(`ancienne : image donnée après l’exécution par ${old.givenBy}`);
  if (now?.givenBy !== undefined) notes.push(`nouvelle : image donnée après l’exécution par ${now.givenBy}`);
  if (old !== undefined && now !== undefined && old.step !== now.step)
    notes.push(`remplie par #${old.step}, puis par #${now.step}`);
  if (old !== undefined && now !== undefined && (old.picture === undefined) !== (now.picture === undefined))
    notes.push(old.picture === undefined ? "une sortie, puis une image" : "une image, puis une sortie");
  if (old?.picture !== undefined && now?.picture !== undefined && old.scale !== now.scale)
    notes.push(`densités différentes (${old.scale} et ${now.scale}) : comparées à la plus basse`);
  return notes;
}
