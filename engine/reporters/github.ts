import { stripVTControlCharacters } from "node:util";
import { githubAnnotation } from "../base/github-annotation.ts";
import type { Event, PlannedStep } from "../model/event.ts";
import type { Output, Reporter } from "./reporter.ts";

/** Annotations of GitHub Actions: each step that did not pass at its line of the runbook, each figure that is missing. */
export function githubReporter(output: Output): Reporter {
  const steps = new Map<string, PlannedStep>();
  const missing = new Map<string, { readonly caption: string; readonly chosen: string | null }>();
  const note = (event: Event): void => {
    if (event.type === "run-started") {
      for (const step of event.steps) steps.set(step.step, step);
      for (const { id, caption, chosen } of event.placeholders) missing.set(id, { caption, chosen });
    }
    if (event.type === "placeholder-filled" || event.type === "figure-reused" || event.type === "figure-given")
      missing.delete(event.placeholder);
  };
  return {
    resumed: (events) => events.forEach(note),
    event(event) {
      note(event);
      if (event.type === "step-finished") {
        const { outcome, step } = event;
        if (outcome.status === "passed" || outcome.status === "skipped") return;
        const hint = outcome.status === "errored" && outcome.hint !== "" ? `\n→ ${outcome.hint}` : "";
        const text = stripVTControlCharacters(`${outcome.reason}${hint}`);
        output.write(githubAnnotation({ severity: "error", title: `#${step}`, ...placeOf(steps.get(step)), text }));
      }
      if (event.type === "run-finished") {
        for (const { caption, chosen } of missing.values()) {
          const text = `La capture « ${caption} » n’a pas de figure.`;
          const place = placeOf(chosen === null ? undefined : steps.get(chosen));
          output.write(githubAnnotation({ severity: "warning", title: "capture", ...place, text }));
        }
      }
    },
    live: () => {},
  };
}

function placeOf(step: PlannedStep | undefined): { readonly file?: string; readonly line?: number } {
  return step === undefined ? {} : { file: step.file, line: step.line };
}
