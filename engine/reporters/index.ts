import type { Event } from "../model/event.ts";
import { githubReporter } from "./github.ts";
import { jsonReporter } from "./json.ts";
import { lineReporter } from "./line.ts";
import type { Output, Reporter } from "./reporter.ts";

export { lineReporter } from "./line.ts";
export type { LiveText, Output, Reporter } from "./reporter.ts";

/** Every view of a run, by the name that `--reporter` takes. */
export const REPORTERS = {
  ligne: (output: Output): Reporter => lineReporter(output, { verbose: false }),
  detail: (output: Output): Reporter => lineReporter(output, { verbose: true }),
  json: jsonReporter,
  github: githubReporter,
} as const satisfies Record<string, (output: Output) => Reporter>;

export type ReporterName = keyof typeof REPORTERS;

/** Tells a view what a run that goes on holds already, as far as it wants to know. */
function hearAgain(reporter: Reporter, events: readonly Event[]): void {
  if (reporter.resumed !== undefined) reporter.resumed(events);
  else for (const event of events.filter(({ type }) => type === "run-started")) reporter.event(event);
}

/** Feeds several views; one that fails is left out from then on and cannot disturb the run. */
export function shieldedReporters(reporters: readonly Reporter[], complain: (error: unknown) => void): Reporter {
  const broken = new Set<Reporter>();
  const each = (act: (reporter: Reporter) => void): void => {
    for (const reporter of reporters) {
      if (broken.has(reporter)) continue;
      try {
        act(reporter);
      } catch (error) {
        broken.add(reporter);
        complain(error);
      }
    }
  };
  return {
    event: (event) => each((reporter) => reporter.event(event)),
    live: (text) => each((reporter) => reporter.live(text)),
    resumed: (events) => each((reporter) => hearAgain(reporter, events)),
  };
}
