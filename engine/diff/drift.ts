import type { Event, PlannedStep } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import type { Outcome } from "../model/outcome.ts";
import { READ_ONLY } from "../model/read-only.ts";
import type { RunDifference } from "./difference.ts";
import { changedLines, figureText } from "./summary-text.ts";

const MOST_DETAILS = 40;

/** How a check ended when it was asked again. */
export interface AskedCheck {
  readonly planned: PlannedStep;
  readonly before: Outcome | undefined;
  readonly now: Outcome | undefined;
  /** An action below it in the same chapter that was carried out after the answer that counts: it may have changed what is seen. */
  readonly since: string | undefined;
}

/** The checks of a live audit with both outcomes, in its order. */
export function askedChecks(recorded: readonly Event[], live: readonly Event[]): readonly AskedCheck[] {
  const [before, now] = [outcomes(recorded), outcomes(live)];
  const started = live.find((event) => event.type === "run-started");
  return (started?.type === "run-started" ? started.steps : []).map((planned) => ({
    planned,
    before: before.get(planned.step),
    now: now.get(planned.step),
    since: actionSince(planned, recorded),
  }));
}

/** Of a comparison what concerns the checks that were asked again: what else the older run did is not gone. */
export function onlyAsked(difference: RunDifference, checks: readonly AskedCheck[]): RunDifference {
  const asked = new Set(checks.flatMap(({ planned, now }) => (hasAnswer(now) ? [planned.step] : [])));
  const steps = difference.steps.filter(({ step, status }) => asked.has(step) && status === "changed");
  const answers = difference.answers.filter(({ step }) => asked.has(step));
  const figures = difference.figures.filter(({ step, status }) => asked.has(step) && status !== "gone");
  const facts = difference.facts.filter(({ fact }) => /, (?:version|kernel|hostname|machine-id|adresse)$/.test(fact));
  return { ...difference, facts, sources: [], steps, answers, figures };
}

/**
 * What is not any more as it was recorded: a check that fails or does not answer is an error, an answer, a picture or a version that is
 * another one a warning; where an action of the same chapter came after the recorded answer it is a note, unless
 * `strict`. `onlyAsked` comes before.
 */
export function driftOf(
  { answers, figures, facts }: RunDifference,
  checks: readonly AskedCheck[],
  strict = false,
): readonly Finding[] {
  const findings = checks.flatMap(({ planned, before, now, since: acted }): readonly Finding[] => {
    const common = { subject: `#${planned.step}`, requirements: planned.requirements, place: placeOf(planned) };
    const ended = outcomeFinding(before, now);
    const own: Finding[] = ended === undefined ? [] : [{ ...common, ...ended }];
    const since = strict ? undefined : acted;
    // What the check demands still holds, and the run itself went on after it: that it looks otherwise is no drift by itself.
    const past = since !== undefined && now?.status === "passed";
    const severity = past ? "note" : "warning";
    const remedy = past
      ? `Relevé avant l’action #${since}, qui a pu le changer ; ses attentes tiennent. --strict le compte.`
      : LOOK;
    if (!hasAnswer(now)) return own;
    for (const { step, target, role, compared, differs } of answers) {
      if (step !== planned.step || !differs) continue;
      const lines = changedLines(compared);
      own.push({
        ...common,
        rule: "drift-answer",
        severity,
        text: `Sur ${target}, ${role === "sortie" ? "la sortie" : `« ${role} »`} n’est plus ce qui avait été relevé.`,
        remedy,
        details:
          lines.length <= MOST_DETAILS
            ? lines
            : [...lines.slice(0, MOST_DETAILS), `… et ${lines.length - MOST_DETAILS} de plus`],
      });
    }
    for (const figure of figures) {
      if (figure.step !== planned.step || !/^(?:different|lost)$/.test(figure.status) || figure.before === null)
        continue;
      own.push({
        ...common,
        rule: "drift-figure",
        severity,
        text: `La figure ${figureText(figure)}.`,
        remedy: past ? remedy : LOOK_AT,
      });
    }
    return own;
  });
  const nodes = facts
    .filter(({ counts }) => counts)
    .map(({ fact, before, after }): Finding => {
      const text = `${fact} : ${before}, puis ${after}.`;
      return { rule: "drift-node", severity: "warning", subject: fact.split(", ")[0] ?? fact, text, remedy: UPDATED };
    });
  return [...nodes, ...findings];
}

/** The last action written below the check, in its chapter, that was begun after the check passed for the last time, and passed. */
function actionSince({ step, file, line }: PlannedStep, recorded: readonly Event[]): string | undefined {
  const started = recorded.find((event) => event.type === "run-started");
  const steps = started?.type === "run-started" ? started.steps : [];
  const below = steps.filter((each) => each.role === "action" && each.file === file && each.line > line);
  const begun = new Map(
    recorded.flatMap((event) => (event.type === "attempt-started" ? [[event.attempt, event.seq] as const] : [])),
  );
  const passed = recorded.flatMap((event) =>
    event.type === "attempt-finished" && event.outcome.status === "passed" ? [event] : [],
  );
  const own = passed.findLast((event) => event.step === step);
  const actions = new Set(below.map((each) => each.step));
  return own && passed.findLast((event) => actions.has(event.step) && (begun.get(event.attempt) ?? 0) > own.seq)?.step;
}

const LOOK = "Dites si ce changement est voulu : corrigez la machine, ou refaites l’exécution pour un nouveau relevé.";
const LOOK_AT = "Comparez les deux images (page HTML) ; --tolerance et --ignore disent ce qui peut différer.";
const UPDATED = "Dites si cette mise à jour est voulue ; le rapport décrit l’ancienne.";

function outcomeFinding(before: Outcome | undefined, now: Outcome | undefined) {
  if (now === undefined)
    return {
      rule: "check-unanswered",
      severity: "error",
      text: "Le contrôle n’a pas été mené à son terme.",
      remedy: AGAIN,
    } as const;
  switch (now.status) {
    case "passed":
    case "skipped":
      return undefined;
    case "failed":
      return {
        rule: "drift-failed",
        severity: "error",
        text: `${before?.status === "passed" ? "Réussi à l’exécution, échoue maintenant" : "Échoue toujours"} : ${now.reason}`,
        remedy: LOOK,
      } as const;
    case "blocked":
      return { rule: "check-unanswered", severity: "error", text: `Non mené : ${now.reason}`, remedy: AGAIN } as const;
    case "errored":
      if (now.code === READ_ONLY)
        return {
          rule: "check-changes",
          severity: "error",
          text: now.reason,
          remedy: `${now.hint} Rien n’a été envoyé.`,
        } as const;
      return {
        rule: "check-unanswered",
        severity: "error",
        text: `Sans réponse : ${now.reason}`,
        remedy: now.hint,
      } as const;
  }
}

const AGAIN = "Relancez l’audit une fois la cause levée ; ce contrôle ne dit rien pour l’instant.";

function hasAnswer(outcome: Outcome | undefined): boolean {
  return outcome?.status === "passed" || outcome?.status === "failed";
}

function placeOf({ file, line }: PlannedStep) {
  return { file, line, column: 1 };
}

function outcomes(events: readonly Event[]): ReadonlyMap<string, Outcome> {
  return new Map(
    events.flatMap((event) => (event.type === "step-finished" ? [[event.step, event.outcome] as const] : [])),
  );
}
