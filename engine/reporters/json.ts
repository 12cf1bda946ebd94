import { canonicalJson } from "../base/digest.ts";
import type { Json } from "../base/json.ts";
import type { Output, Reporter } from "./reporter.ts";

/** One JSON line per event, for other programs: the journal's own lines. */
export function jsonReporter(output: Output): Reporter {
  return {
    event: (event) => output.write(`${canonicalJson(event as unknown as Json)}\n`),
    live: () => {},
  };
}
