import { compareTexts, type Ignoring, longestIncreasing } from "../compare/index.ts";
import type { PlannedStep } from "../model/event.ts";
import type { Outcome } from "../model/outcome.ts";
import type { StepDetail, StepDifference } from "./difference.ts";
import { outcomeWord } from "./outcome-word.ts";
import type { RecordedRun } from "./recorded-run.ts";

/** Steps that are new, gone, elsewhere in the order, or that ended, asked or were answered otherwise; in the order of the newer run, what is gone last. */
export function compareSteps(
  before: RecordedRun,
  after: RecordedRun,
  ignoringOf: (step: string) => Ignoring,
): readonly StepDifference[] {
  const old = new Map(before.started.steps.map((step) => [step.step, step]));
  const now = new Map(after.started.steps.map((step) => [step.step, step]));
  const moved = movedSteps([...old.keys()], [...now.keys()]);
  const found: StepDifference[] = [];
  for (const [step, planned] of now) {
    const was = old.get(step);
    const { chapter } = planned;
    if (was === undefined) {
      const details = [detail("issue", "", outcomeWord(after.steps.get(step)?.outcome))];
      found.push({ step, chapter, status: "new", details });
      continue;
    }
    const details = detailsOf(step, was, planned, before, after, ignoringOf(step));
    const place = moved.has(step) ? [placeOf(step, [...old.keys()], [...now.keys()])] : [];
    if (details.length + place.length > 0)
      found.push({ step, chapter, status: details.length > 0 ? "changed" : "moved", details: [...place, ...details] });
  }
  for (const [step, { chapter }] of old) {
    if (now.has(step)) continue;
    const details = [detail("issue", outcomeWord(before.steps.get(step)?.outcome), "")];
    found.push({ step, chapter, status: "gone", details });
  }
  return found;
}

/** Steps of both runs that must be carried elsewhere to turn one order into the other: the fewest. */
export function movedSteps(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const places = new Map(before.map((step, index) => [step, index]));
  const common = after.filter((step) => places.has(step));
  const kept = longestIncreasing(common.map((step) => places.get(step) ?? 0));
  return new Set(common.filter((_, index) => !kept.has(index)));
}

function placeOf(step: string, before: readonly string[], after: readonly string[]): StepDetail {
  const behind = (order: readonly string[]): string => {
    const at = order.indexOf(step);
    return at <= 0 ? "n° 1" : `n° ${at + 1}, après #${order[at - 1]}`;
  };
  return detail("place", behind(before), behind(after));
}

function detailsOf(
  step: string,
  was: PlannedStep,
  is: PlannedStep,
  before: RecordedRun,
  after: RecordedRun,
  { neutral }: Ignoring,
): readonly StepDetail[] {
  const [old, now] = [before.steps.get(step), after.steps.get(step)];
  const details: StepDetail[] = [];
  const tell = (what: string, one: string, other: string): void => {
    const text = compareTexts(one.split("\n"), other.split("\n"), { neutral });
    if (text.added + text.removed === 0) return;
    details.push({ ...detail(what, one, other), text: text.lines.length > 2 ? text : null });
  };
  tell("issue", outcomeWord(old?.outcome), outcomeWord(now?.outcome));
  if (old?.outcome.status !== "passed" && now?.outcome.status !== "passed")
    tell("raison", reasonOf(old?.outcome), reasonOf(now?.outcome));
  tell("genre", `${was.kind} (${was.role})`, `${is.kind} (${is.role})`);
  tell("nœuds", was.targets.join(", "), is.targets.join(", "));
  tell("figure remplie", was.fills ?? "aucune", is.fills ?? "aucune");
  tell("réponses des nœuds", alikeWord(old?.homogeneous), alikeWord(now?.homogeneous));
  for (const target of new Set([...before.targets(step), ...after.targets(step)])) {
    const [one, other] = [before.attempt(step, target), after.attempt(step, target)];
    if (one === undefined || other === undefined) continue;
    tell(`envoyé à ${target}`, one.started.sent, other.started.sent);
    tell(`réponse de ${target}`, one.finished?.answer ?? "sans fin", other.finished?.answer ?? "sans fin");
  }
  return details;
}

function reasonOf(outcome: Outcome | undefined): string {
  return outcome !== undefined && "reason" in outcome ? outcome.reason : "";
}

function alikeWord(homogeneous: boolean | null | undefined): string {
  return homogeneous === true ? "identiques" : homogeneous === false ? "différentes entre elles" : "";
}

function detail(what: string, before: string, after: string): StepDetail {
  return { what, before, after, text: null };
}
