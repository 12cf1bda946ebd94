import type { Event } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";

/** Whether what happened could have happened in that order: nothing ends before it begins, twice, or after the run; clocks go forward. */
export function auditOrder(events: readonly Event[]): readonly Finding[] {
  const findings: Finding[] = [];
  const begun = new Map<number, Event>();
  const ended = new Set<number>();
  let finished = false;
  let previous: Event | undefined;
  for (const event of events) {
    const wrong = (text: string): unknown => findings.push(finding("error", event, text));
    if (previous !== undefined && Date.parse(event.at) < Date.parse(previous.at))
      findings.push(finding("warning", event, `L’heure recule : ${event.at} après ${previous.at}.`));
    if (event.type === "run-started" && previous !== undefined) wrong("L’exécution commence une seconde fois.");
    if (event.type === "run-resumed") finished = false;
    if (finished && event.type !== "figure-given") wrong("L’exécution était finie.");
    if (!finished && event.type === "figure-given") wrong("Une image est ajoutée avant la fin de l’exécution.");
    if (event.type === "run-finished") finished = true;
    if (event.type === "attempt-started") {
      if (begun.has(event.attempt)) wrong(`L’essai ${event.attempt} commence une seconde fois.`);
      begun.set(event.attempt, event);
    }
    if (event.type === "attempt-finished") {
      const start = begun.get(event.attempt);
      if (start?.type !== "attempt-started") wrong(`L’essai ${event.attempt} finit sans avoir commencé.`);
      else if (start.step !== event.step || start.target !== event.target)
        wrong(`L’essai ${event.attempt} finit ailleurs qu’il n’a commencé.`);
      if (ended.has(event.attempt)) wrong(`L’essai ${event.attempt} finit une seconde fois.`);
      ended.add(event.attempt);
    }
    previous = event;
  }
  return findings;
}

function finding(severity: Finding["severity"], { seq }: Event, text: string): Finding {
  const remedy =
    severity === "warning"
      ? "L’horloge de la machine a été mise à l’heure pendant l’exécution : les durées à cet endroit sont à lire avec prudence."
      : "Un journal écrit par Constat ne contient jamais cela : ces preuves ne peuvent pas être retenues.";
  return { rule: "event-order", severity, subject: `journal.jsonl, ligne ${seq}`, text, remedy };
}
