import type { Artefact, Figure, FigureGiven, FigureReused, PlaceholderFilled } from "../model/event.ts";
import type { RecordedRun } from "./recorded-run.ts";

/** What one run has for a place: a picture, or a terminal when there is none. */
export interface RecordedFigure {
  readonly step: string;
  readonly picture: Artefact | undefined;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly alternative: string;
  readonly reusedFrom: string | undefined;
  /** Who gave the picture once the run had ended. */
  readonly givenBy: string | undefined;
}

/** Two figures that belong together, or one alone. */
export interface FigurePair {
  readonly step: string;
  readonly placeholder: string | null;
  readonly caption: string;
  readonly chapter: number;
  readonly old: RecordedFigure | undefined;
  readonly now: RecordedFigure | undefined;
}

/** Figures by placeholder in the order of the newer report, then the pictures of steps that fill none, by step, target and order. */
export function figurePairs(before: RecordedRun, after: RecordedRun): readonly FigurePair[] {
  return [...filledPairs(before, after), ...otherPairs(before, after)];
}

function filledPairs(before: RecordedRun, after: RecordedRun): readonly FigurePair[] {
  const places = new Map(
    [...after.started.placeholders, ...before.started.placeholders].toReversed().map((place) => [place.id, place]),
  );
  const order = new Set([...after.started.placeholders, ...before.started.placeholders].map(({ id }) => id));
  return [...order].flatMap((id) => {
    const place = places.get(id);
    const [old, now] = [filled(before, id), filled(after, id)];
    if (place === undefined || (old === undefined && now === undefined)) return [];
    const step = now?.step || old?.step || place.chosen || "";
    return [{ step, placeholder: id, caption: place.caption, chapter: place.chapter, old, now }];
  });
}

function filled(run: RecordedRun, placeholder: string): RecordedFigure | undefined {
  const fill = run.fills.get(placeholder);
  return fill === undefined ? undefined : { ...drawn(fill.figure), ...sourceOf(run, fill) };
}

function sourceOf(run: RecordedRun, fill: PlaceholderFilled | FigureReused | FigureGiven) {
  if (fill.type === "placeholder-filled") return { step: fill.step, reusedFrom: undefined, givenBy: undefined };
  const place = run.started.placeholders.find(({ id }) => id === fill.placeholder);
  const step = place?.chosen ?? "";
  if (fill.type === "figure-reused") return { step, reusedFrom: fill.from.run, givenBy: undefined };
  return { step, reusedFrom: undefined, givenBy: `${fill.by.user}@${fill.by.host}` };
}

function drawn(figure: Figure) {
  if (figure.type === "terminal") return { picture: undefined, width: 0, height: 0, scale: 1, alternative: "" };
  const { picture, width, height, scale, alternative } = figure;
  return { picture, width, height, scale, alternative };
}

function otherPairs(before: RecordedRun, after: RecordedRun): readonly FigurePair[] {
  const chapters = new Map(
    [...before.started.steps, ...after.started.steps].map(({ step, chapter }) => [step, chapter]),
  );
  const [old, now] = [otherPictures(before), otherPictures(after)];
  return [...new Set([...now.keys(), ...old.keys()])].map((name) => {
    const [one, other] = [old.get(name), now.get(name)];
    const step = (other ?? one)?.step ?? "";
    return { step, placeholder: null, caption: name, chapter: chapters.get(step) ?? 0, old: one, now: other };
  });
}

/** Pictures of attempts that count and that no figure shows, by a name that both runs give them. */
function otherPictures(run: RecordedRun): ReadonlyMap<string, RecordedFigure> {
  const used = new Set([...run.fills.values()].map(({ figure }) => figure.type === "picture" && figure.picture.sha256));
  const found = new Map<string, RecordedFigure>();
  for (const { step } of run.started.steps) {
    for (const target of run.targets(step)) {
      const finished = run.attempt(step, target)?.finished;
      const figure = finished?.figure?.type === "picture" ? finished.figure : undefined;
      const pictures = (finished?.artefacts ?? []).filter(
        ({ role, sha256 }) => role === "picture" && !used.has(sha256),
      );
      pictures.forEach((picture, index) => {
        const own =
          figure?.picture.sha256 === picture.sha256 ? drawn(figure) : drawn({ type: "terminal", step, targets: [] });
        const name = `#${step} sur ${target}${pictures.length > 1 ? `, image ${index + 1}` : ""}`;
        found.set(name, { ...own, step, picture, reusedFrom: undefined, givenBy: undefined });
      });
    }
  }
  return found;
}
