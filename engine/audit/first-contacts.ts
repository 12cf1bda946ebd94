import type { Event } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";

/** Controllers whose certificate nobody vouched for: their answers are as good as the network was. */
export function auditFirstContacts(events: readonly Event[]): readonly Finding[] {
  return events.flatMap((event): readonly Finding[] =>
    event.type === "certificate-taken"
      ? [
          {
            rule: "first-contact",
            severity: "note",
            subject: event.node,
            text: `Le certificat de son contrôleur de gestion a été pris au premier contact : ${event.fingerprint}.`,
            remedy:
              "Comparez cette empreinte avec celle que montre la machine, puis donnez-la à `bmc.fingerprint` dans l’inventaire.",
          },
        ]
      : [],
  );
}
