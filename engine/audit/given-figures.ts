import type { Event } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";

/** Pictures that a person added once the run had ended: as good as that person's word, which is told. */
export function auditGivenFigures(events: readonly Event[]): readonly Finding[] {
  const started = events.find((event) => event.type === "run-started");
  const captions = new Map(started?.placeholders.map(({ id, caption }) => [id, caption]));
  return events.flatMap((event): readonly Finding[] =>
    event.type === "figure-given"
      ? [
          {
            rule: "figure-given",
            severity: "note",
            subject: `« ${captions.get(event.placeholder) ?? event.placeholder} »`,
            text: `Image donnée par ${event.by.user}@${event.by.host} après l’exécution, le ${event.at} (${event.source.name}) ; origine : ${event.origin}. Il atteste : « ${event.attestation.text} »`,
            remedy: "Constat n’a pas vu cette image se faire : elle vaut ce que vaut cette attestation.",
          },
        ]
      : [],
  );
}
