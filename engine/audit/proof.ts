import type {
  AttemptFinished,
  Event,
  FigureGiven,
  FigureReused,
  PlaceholderFilled,
  StepFinished,
} from "../model/event.ts";
import type { Finding } from "../model/finding.ts";

/** Whether the journal's conclusions rest on what it recorded: a passed step on attempts that passed, a figure on their files, totals on steps. */
export function auditProof(events: readonly Event[]): readonly Finding[] {
  const attempts = new Map(
    events.flatMap((event) => (event.type === "attempt-finished" ? [[event.attempt, event] as const] : [])),
  );
  const purposes = new Map(
    events.flatMap((event) => (event.type === "attempt-started" ? [[event.attempt, event.purpose] as const] : [])),
  );
  const ran = (attempt: number): AttemptFinished | undefined =>
    purposes.get(attempt) === "run" ? attempts.get(attempt) : undefined;
  return events.flatMap((event, index) => {
    if (event.type === "step-finished") return auditStep(event, ran);
    if (event.type === "placeholder-filled") return auditFigure(event, ran);
    if (event.type === "figure-reused") return auditReused(event);
    if (event.type === "figure-given") return auditGiven(event, filledByMachine(events.slice(0, index)));
    if (event.type === "run-finished") return auditTotals(event.counts, events.slice(0, index));
    return [];
  });
}

type Ran = (attempt: number) => AttemptFinished | undefined;

function auditStep({ step, outcome, retained }: StepFinished, ran: Ran): readonly Finding[] {
  if (outcome.status !== "passed") return [];
  const kept = Object.entries(retained).map(([target, number]) => ({ target, attempt: ran(number) }));
  const proven =
    kept.length > 0 &&
    kept.every(
      ({ target, attempt }) =>
        attempt?.step === step && attempt.target === target && attempt.outcome.status === "passed",
    );
  if (proven) return [];
  return [unproven("step-unproven", `#${step}`, "L’étape est dite réussie sans essai réussi qui le montre.")];
}

function auditFigure({ placeholder, step, attempts, figure }: PlaceholderFilled, ran: Ran): readonly Finding[] {
  const found = attempts.flatMap((number) => ran(number) ?? []);
  const ofStep =
    found.length > 0 && found.length === attempts.length && found.every((attempt) => attempt.step === step);
  const hasPicture =
    figure.type === "terminal" ||
    found.some(({ artefacts }) => artefacts.some(({ sha256 }) => sha256 === figure.picture.sha256));
  if (ofStep && hasPicture) return [];
  return [unproven("figure-unproven", placeholder, `La figure ne vient d’aucun essai enregistré de #${step}.`)];
}

function auditReused({ placeholder, figure, artefacts, from }: FigureReused): readonly Finding[] {
  if (figure.type === "terminal" || artefacts.some(({ sha256 }) => sha256 === figure.picture.sha256)) return [];
  return [
    unproven("figure-unproven", placeholder, `La figure reprise de ${from.run} n’est pas parmi les pièces reprises.`),
  ];
}

function filledByMachine(events: readonly Event[]): ReadonlySet<string> {
  return new Set(
    events.flatMap((event) =>
      event.type === "placeholder-filled" || event.type === "figure-reused" ? [event.placeholder] : [],
    ),
  );
}

/** A person fills what nothing else filled yet, and never takes the place of what a machine showed; a run that is resumed may take theirs. */
function auditGiven({ placeholder, figure, artefacts }: FigureGiven, filled: ReadonlySet<string>): readonly Finding[] {
  if (filled.has(placeholder))
    return [unproven("figure-unproven", placeholder, "Une image donnée prend la place d’une figure de l’exécution.")];
  const kept = figure.type === "picture" && artefacts.some(({ sha256 }) => sha256 === figure.picture.sha256);
  return kept ? [] : [unproven("figure-unproven", placeholder, "L’image donnée n’est pas parmi les pièces.")];
}

function auditTotals(counts: Readonly<Record<string, number>>, events: readonly Event[]): readonly Finding[] {
  const seen = new Map(
    events.flatMap((event) => (event.type === "step-finished" ? [[event.step, event.outcome.status]] : [])),
  );
  const statuses = [...seen.values()];
  const different = Object.entries(counts).filter(
    ([status, number]) => statuses.filter((each) => each === status).length !== number,
  );
  if (different.length === 0) return [];
  return [unproven("run-totals", "journal.jsonl", "Les totaux de l’exécution ne sont pas ceux de ses étapes.")];
}

function unproven(rule: string, subject: string, text: string): Finding {
  const remedy = "Un journal écrit par Constat ne contient jamais cela : ces preuves ne peuvent pas être retenues.";
  return { rule, severity: "error", subject, text, remedy };
}
