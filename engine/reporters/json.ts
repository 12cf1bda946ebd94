import type { Output, Reporter } from "./reporter.ts";

/** One JSON line per event, for other programs. */
export function jsonReporter(output: Output): Reporter {
  return {
    event: (event) => output.write(`${JSON.stringify(event)}\n`),
    live: () => {},
  };
}
