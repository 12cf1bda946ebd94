import type { Event, RunStarted } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import { lastEnd } from "../model/last-end.ts";
import type { Outcome } from "../model/outcome.ts";

/** One placeholder of the report and what became of it. */
export interface PlaceholderStatus {
  readonly placeholder: string;
  readonly caption: string;
  readonly chapter: number;
  /** The step that filled it, or null. */
  readonly filledBy: string | null;
  /** Run the figure was taken over from, or null. */
  readonly reusedFrom: string | null;
  /** Who gave the picture once the run had ended, or null. */
  readonly givenBy: string | null;
  /** Why it is empty; empty text when it is filled. */
  readonly why: string;
}

/** Every placeholder in scope: filled by which step, or empty and why. */
export function placeholderStatuses(events: readonly Event[]): readonly PlaceholderStatus[] {
  const started = events.find((event) => event.type === "run-started");
  if (started === undefined) return [];
  const fills = fillsOf(events);
  const outcomes = new Map(
    events.flatMap((event) => (event.type === "step-finished" ? [[event.step, event.outcome]] : [])),
  );
  return started.placeholders.map(({ id, caption, chapter, chosen }) => ({
    placeholder: id,
    caption,
    chapter,
    ...(fills.get(id) ?? NOTHING),
    why: fills.has(id) ? "" : whyEmpty(chosen, chosen === null ? undefined : outcomes.get(chosen)),
  }));
}

type Fill = Pick<PlaceholderStatus, "filledBy" | "reusedFrom" | "givenBy">;

const NOTHING: Fill = { filledBy: null, reusedFrom: null, givenBy: null };

/** What fills each placeholder in the end: the last one counts, as in the report. */
function fillsOf(events: readonly Event[]): ReadonlyMap<string, Fill> {
  const fills = new Map<string, Fill>();
  for (const event of events) {
    if (event.type === "placeholder-filled") fills.set(event.placeholder, { ...NOTHING, filledBy: event.step });
    if (event.type === "figure-reused") fills.set(event.placeholder, { ...NOTHING, reusedFrom: event.from.run });
    if (event.type === "figure-given")
      fills.set(event.placeholder, { ...NOTHING, givenBy: `${event.by.user}@${event.by.host}` });
  }
  return fills;
}

function whyEmpty(chosen: string | null, outcome: Outcome | undefined): string {
  if (chosen === null) return "Aucun bloc ne peut la fournir sur ce site.";
  if (outcome === undefined) return `L’étape #${chosen} n’a pas été exécutée.`;
  return `Étape #${chosen} : ${"reason" in outcome ? outcome.reason : "passée sans figure"}`;
}

/** What is missing for the report to be whole, and steps that did not pass. */
export function auditCompleteness(events: readonly Event[]): readonly Finding[] {
  const findings: Finding[] = [];
  const started = events.find((event) => event.type === "run-started");
  if (started?.type !== "run-started") {
    return [
      {
        ...hole("run-start", "journal.jsonl", "Le journal ne commence pas par le début d’une exécution."),
        severity: "error",
      },
    ];
  }
  if (lastEnd(events) === undefined) {
    findings.push(hole("run-unfinished", "journal.jsonl", "L’exécution ne s’est pas terminée."));
  }
  const ended = new Set(events.flatMap((event) => (event.type === "step-finished" ? [event.step] : [])));
  for (const { step } of started.steps) {
    if (!ended.has(step))
      findings.push(hole("step-not-run", `#${step}`, "L’étape était prévue et n’a pas été menée à sa fin."));
  }
  for (const status of placeholderStatuses(events)) {
    // A live audit makes no report: what is not shown again is in its own result.
    if (status.why !== "" && started.audits === undefined) {
      const subject = captionIn(started, status);
      findings.push({ ...hole("placeholder-empty", subject, status.why), remedy: remedyFor(status, events) });
    }
  }
  // A step that was tried again ended more than once: its last end counts, as in the report.
  const ends = new Map(
    events.flatMap((event) => (event.type === "step-finished" ? [[event.step, event] as const] : [])),
  );
  for (const event of ends.values()) {
    const { outcome } = event;
    if (outcome.status !== "passed" && outcome.status !== "skipped") {
      findings.push({ ...hole("step-not-passed", `#${event.step}`, outcome.reason), severity: "error" });
    }
    if (outcome.status === "skipped" && (outcome.because === "declined" || outcome.because === "deselected"))
      findings.push(hole("step-not-run", `#${event.step}`, outcome.reason + decidedBy(event, events)));
  }
  const finished = new Set(events.flatMap((event) => (event.type === "attempt-finished" ? [event.attempt] : [])));
  for (const event of events) {
    if (event.type === "attempt-started" && !finished.has(event.attempt)) {
      const text = `L’essai ${event.attempt} a commencé sur ${event.target} et n’a pas de fin : ce qu’il a fait est inconnu.`;
      findings.push(hole("attempt-unfinished", `#${event.step}`, text));
    }
  }
  return findings;
}

/** Who left a step out, and when; empty where the selection did. */
function decidedBy({ step, seq }: Event & { readonly type: "step-finished" }, events: readonly Event[]): string {
  const decided = events.findLast(
    (event) => event.type === "operator-decided" && event.seq < seq && LEAVING.has(event.choice.what),
  );
  if (decided?.type !== "operator-decided") return "";
  const { by, at, choice } = decided;
  const own = decided.step === step || choice.what === "jumped";
  return own ? ` (${by.user}@${by.host}, ${at})` : "";
}

const LEAVING: ReadonlySet<string> = new Set(["skipped", "declined", "jumped"]);

/** How a finding names a placeholder: by its caption, with the chapter where two chapters have the same one. */
export function captionIn(
  { placeholders }: RunStarted,
  { caption, chapter }: Pick<PlaceholderStatus, "caption" | "chapter">,
): string {
  const alone = placeholders.filter((each) => each.caption === caption).length === 1;
  return alone ? `« ${caption} »` : `« ${caption} » (chapitre ${chapter})`;
}

/** What was there before the work was done cannot be photographed any more: an earlier run may have it. */
function remedyFor({ placeholder }: PlaceholderStatus, events: readonly Event[]): string {
  const started = events.find((event) => event.type === "run-started");
  const chosen = started?.placeholders.find(({ id }) => id === placeholder)?.chosen;
  const ended = events.findLast((event) => event.type === "step-finished" && event.step === chosen);
  const gone = ended?.type === "step-finished" && ended.outcome.status === "skipped";
  return gone && "because" in ended.outcome && ended.outcome.because === "satisfied"
    ? "Relancez avec « --reuse <exécution> » : cette figure sera reprise, avec sa date, de l’exécution qui l’a prise."
    : "Corrigez la cause, puis relancez l’exécution.";
}

function hole(rule: string, subject: string, text: string): Finding {
  return { rule, severity: "warning", subject, text, remedy: "Corrigez la cause, puis relancez l’exécution." };
}
