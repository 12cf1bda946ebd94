import type { Event } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";

/** Where a person had something else sent than the runbook says, and what a resumed run took over without a proof. */
export function auditDecisions(events: readonly Event[]): readonly Finding[] {
  return events.flatMap((event): readonly Finding[] => {
    if (event.type === "operator-decided" && event.choice.what === "edited") {
      const { by, at, choice } = event;
      const text = `Son texte a été modifié pour cette fois par ${by.user}@${by.host} (${at}) : ${choice.reason}.`;
      const remedy = "Portez la modification dans le runbook et relancez, ou acceptez-la par une dérogation.";
      return [{ rule: "step-edited", severity: "warning", subject: `#${event.step}`, text, remedy }];
    }
    if (event.type !== "step-kept" || event.because === "proven" || event.because === "given") return [];
    const subject = `#${event.step}`;
    const text = `À la reprise (${event.at}) : ${event.reason}`;
    return event.because === "changed"
      ? [{ rule: "step-changed", severity: "warning", subject, text, remedy: "Relancez le runbook depuis son début." }]
      : [
          {
            rule: "step-kept",
            severity: "note",
            subject,
            text,
            remedy: "Donnez à ce bloc une garde (`unless`) ou une vérification (`verify`) : une reprise la demandera.",
          },
        ];
  });
}
