import { stringify } from "yaml";

/** A text as the value of a YAML key, on one line. */
export function quotedYaml(text: string): string {
  return stringify(text, { lineWidth: 0, blockQuote: false }).trimEnd();
}
