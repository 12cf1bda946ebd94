import type { Event } from "../../model/event.ts";
import type { Finding } from "../../model/finding.ts";
import { captionIn } from "../completeness.ts";

export const REPORT = "rapport.pdf";
/** What a report says of how it was rendered. */
export const TOOLS = "rendu.json";

/** The report does not say what the evidence says. */
export function wrongReport(rule: string, text: string, subject: string = REPORT): Finding {
  const remedy = "Les preuves restent ce qu’elles sont : rendez le rapport de nouveau avec « constat report ».";
  return { rule, severity: "error", subject, text, remedy };
}

/** How a finding names a placeholder. */
export function captionOf(placeholder: string, events: readonly Event[]): string {
  const started = events.find((event) => event.type === "run-started");
  const found = started?.placeholders.find(({ id }) => id === placeholder);
  return started === undefined || found === undefined ? placeholder : captionIn(started, found);
}
