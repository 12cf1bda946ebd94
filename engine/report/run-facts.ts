import { ProblemError } from "../base/problem.ts";
import type {
  AttemptFinished,
  AttemptStarted,
  CertificateRenewed,
  CertificateTaken,
  Event,
  FigureGiven,
  FigureReused,
  NodeIdentified,
  PlaceholderFilled,
  PlannedStep,
  RunFinished,
  RunStarted,
  StepFinished,
} from "../model/event.ts";
import type { OperatorDecided, StepKept } from "../model/operator-event.ts";

type At<T> = T & { readonly at: string };

/** One try of one step on one target. */
export interface AttemptFacts {
  readonly started: At<AttemptStarted>;
  /** Undefined when the run stopped in the middle. */
  readonly finished: At<AttemptFinished> | undefined;
}

/** The run stood still, from its last event until a person went on with it. */
interface Resumption {
  readonly since: string;
  readonly at: string;
  /** `user@host`. */
  readonly by: string;
}

/** What a journal says, by name: a fold over its events. */
export interface RunFacts {
  readonly started: At<RunStarted>;
  readonly finished: At<RunFinished> | undefined;
  readonly endedAt: string;
  readonly steps: ReadonlyMap<string, PlannedStep>;
  readonly outcomes: ReadonlyMap<string, At<StepFinished>>;
  readonly attempts: ReadonlyMap<number, AttemptFacts>;
  readonly nodes: ReadonlyMap<string, At<NodeIdentified>>;
  readonly fills: ReadonlyMap<string, At<PlaceholderFilled> | At<FigureReused> | At<FigureGiven>>;
  readonly firstContacts: readonly At<CertificateTaken>[];
  readonly renewals: readonly At<CertificateRenewed>[];
  /** What a person decided in front of a step, in order. */
  readonly decisions: readonly At<OperatorDecided>[];
  /** Steps that were not done again when the run was resumed. */
  readonly kept: readonly At<StepKept>[];
  readonly resumed: readonly Resumption[];
}

/** Folds the events of a run. Throws ProblemError REPORT_NO_RUN when the journal does not begin with the start of a run. */
export function foldEvents(events: readonly Event[]): RunFacts {
  const [started] = events;
  if (started?.type !== "run-started") {
    throw new ProblemError("REPORT_NO_RUN", "Le journal ne commence pas par le début d’une exécution.", {
      scope: "environment",
      hint: "Lancez constat audit sur ce dossier : son journal est incomplet ou altéré.",
    });
  }
  const outcomes = new Map<string, At<StepFinished>>();
  const attempts = new Map<number, AttemptFacts>();
  const nodes = new Map<string, At<NodeIdentified>>();
  const fills = new Map<string, At<PlaceholderFilled> | At<FigureReused> | At<FigureGiven>>();
  const firstContacts: At<CertificateTaken>[] = [];
  const renewals: At<CertificateRenewed>[] = [];
  const decisions: At<OperatorDecided>[] = [];
  const kept: At<StepKept>[] = [];
  const resumed: Resumption[] = [];
  let finished: At<RunFinished> | undefined;
  for (const [index, event] of events.entries()) {
    switch (event.type) {
      case "step-finished":
        outcomes.set(event.step, event);
        break;
      case "attempt-started":
        attempts.set(event.attempt, { started: event, finished: undefined });
        break;
      case "attempt-finished": {
        const begun = attempts.get(event.attempt);
        if (begun !== undefined) attempts.set(event.attempt, { ...begun, finished: event });
        break;
      }
      case "node-identified":
        nodes.set(event.node, event);
        break;
      case "placeholder-filled":
      case "figure-reused":
      case "figure-given":
        fills.set(event.placeholder, event);
        break;
      case "certificate-taken":
        firstContacts.push(event);
        break;
      case "certificate-renewed":
        renewals.push(event);
        break;
      case "run-finished":
        finished = event;
        break;
      case "run-resumed":
        finished = undefined;
        resumed.push({
          since: events[index - 1]?.at ?? event.at,
          at: event.at,
          by: `${event.by.user}@${event.by.host}`,
        });
        break;
      case "operator-decided":
        decisions.push(event);
        break;
      case "step-kept":
        kept.push(event);
        break;
      case "run-started":
      case "step-started":
        break;
      default:
        // A later engine may write events that this one does not know; what it knows stays true.
        break;
    }
  }
  const steps = new Map(started.steps.map((step) => [step.step, step]));
  // What a person adds later does not make the run last longer.
  const endedAt = events.findLast(({ type }) => type !== "figure-given")?.at ?? started.at;
  return {
    started,
    finished,
    endedAt,
    steps,
    outcomes,
    attempts,
    nodes,
    fills,
    firstContacts,
    renewals,
    decisions,
    kept,
    resumed,
  };
}

/** Tries of a step on a target for its own sake, in order. */
export function triesOf(facts: RunFacts, step: string, target: string): readonly AttemptFacts[] {
  return [...facts.attempts.values()].filter(
    ({ started }) => started.step === step && started.target === target && started.purpose === "run",
  );
}

/** The try that counts: the one the run retained, else the last. */
export function retainedTry(facts: RunFacts, step: string, target: string): AttemptFacts | undefined {
  const number = facts.outcomes.get(step)?.retained[target];
  const retained = number === undefined ? undefined : facts.attempts.get(number);
  return retained ?? triesOf(facts, step, target).at(-1);
}
