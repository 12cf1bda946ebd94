import type { Event } from "../../model/event.ts";
import type { CapturePlace } from "./match-places.ts";

/** The placeholders of a run in the order of its document, and what fills each. */
export function capturePlaces(events: readonly Event[]): readonly CapturePlace[] {
  const started = events.find((event) => event.type === "run-started");
  const filled = new Map<string, CapturePlace["filled"]>();
  for (const event of events) {
    if (event.type === "placeholder-filled") filled.set(event.placeholder, { by: "step", name: event.step });
    if (event.type === "figure-reused") filled.set(event.placeholder, { by: "earlier-run", name: event.from.run });
    if (event.type === "figure-given")
      filled.set(event.placeholder, { by: "person", name: `${event.by.user}@${event.by.host}` });
  }
  return (started?.placeholders ?? []).map(({ id, caption, chapter }, index) => ({
    number: index + 1,
    id,
    caption,
    chapter,
    filled: filled.get(id) ?? null,
  }));
}

/** What fills a place, in words; `vide` when nothing does. */
export function filledWords({ filled }: CapturePlace): string {
  switch (filled?.by) {
    case undefined:
      return "vide";
    case "step":
      return `prise par #${filled.name}`;
    case "earlier-run":
      return `reprise de ${filled.name}`;
    case "person":
      return `donnée par ${filled.name}`;
  }
}
